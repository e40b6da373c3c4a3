"""Which enterprises a noisy name may mean besides the one it was made of: those it says as much of.

"恒达商贸有限公司" without its city is every 恒达商贸有限公司 of the country; any of them is a right answer.
"""

from collections.abc import Callable
from random import Random

from registry.lookup.fold import fold
from tests.benchmarks.names.name_parts import parts_of
from tests.benchmarks.names.noise import KINDS
from tests.benchmarks.names.writings import initials, syllables


def equally_right(kind: str, query: str, name: str) -> bool:
    """Say whether a query of this kind may as well have been made of this name."""
    if fold(query).text == fold(name).text:
        return True
    judge = _JUDGES.get(kind)
    return judge(query, name) if judge else False


def _made_of(kind: str) -> Callable[[str, str], bool]:
    """Judge by making the noise anew, where chance has no part in it."""
    return lambda query, name: KINDS[kind](name, Random(0)) == query  # noqa: S311


def _skipped(query: str, name: str) -> bool:
    parts = parts_of(name)
    rest, trade = query[len(parts.brand) :], iter(parts.trade)
    return (
        query.startswith(parts.brand)
        and rest[:1] == parts.trade[:1]
        and all(letter in trade for letter in rest)
    )


def _spelled(query: str, name: str) -> bool:
    parts = parts_of(name)
    heads = (parts.core, parts.written(form="", tail=""))
    return query.replace(" ", "") in {"".join(syllables(head)) for head in heads}


def _first_letters(query: str, name: str) -> bool:
    return query in {initials(name), initials(parts_of(name).written(form="", tail=""))}


_JUDGES: dict[str, Callable[[str, str], bool]] = {
    **{kind: _made_of(kind) for kind in ("drop_region", "drop_org", "abbr_core", "abbr_city")},
    "abbr_skip": _skipped,
    "pinyin_full": _spelled,
    "pinyin_initials": _first_letters,
}
