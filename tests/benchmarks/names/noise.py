"""What people make of a name: 22 kinds of noise, each text in, text out, or None where it does not apply.

>>> from random import Random
>>> KINDS["drop_region"]("郑州恒达商贸有限公司", Random(1))
'恒达商贸有限公司'
"""

from collections.abc import Callable, Sequence
from random import Random

from tests.benchmarks.names import words
from tests.benchmarks.names.name_parts import Parts, parts_of, places_by_writing
from tests.benchmarks.names.writings import (
    initials,
    look_alikes,
    same_sound,
    syllables,
    traditional,
)

Noise = Callable[[str, Random], str | None]
_OPEN = "（([【〔"
_CLOSE = "）)]】〕"
_PLAIN_BRACKETS = str.maketrans("（）", "()")


def exact(name: str, draw: Random) -> str | None:  # noqa: ARG001
    return name


def typo_shape(name: str, draw: Random) -> str | None:
    return _replaced(name, draw, look_alikes)


def typo_random(name: str, draw: Random) -> str | None:
    at = draw.randrange(len(name))
    letter = draw.choice(words.STRAY + words.BRAND_FIRST)
    return None if letter == name[at] else name[:at] + letter + name[at + 1 :]


def typo_delete(name: str, draw: Random) -> str | None:
    if len(name) < 4:
        return None
    at = draw.randrange(len(name))
    return name[:at] + name[at + 1 :]


def typo_insert(name: str, draw: Random) -> str | None:
    at = draw.randrange(len(name) + 1)
    return name[:at] + draw.choice(words.STRAY + words.BRAND_FIRST) + name[at:]


def typo_transpose(name: str, draw: Random) -> str | None:
    places = [at for at in range(len(name) - 1) if name[at] != name[at + 1]]
    if not places:
        return None
    at = draw.choice(places)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def homophone(name: str, draw: Random) -> str | None:
    return _replaced(name, draw, same_sound)


def homophone_zihao(name: str, draw: Random) -> str | None:
    brand = parts_of(name).brand
    other = _replaced(brand, draw, same_sound)
    if other is not None and len(brand) > 2 and draw.random() < 0.3:
        other = _replaced(other, draw, same_sound)
    at = name.find(brand)
    if other is None or other == brand or at < 0:
        return None
    return name[:at] + other + name[at + len(brand) :]


def pinyin_full(name: str, draw: Random) -> str | None:
    parts = parts_of(name)
    text = parts.core if draw.random() < 0.5 else parts.written(form="", tail="")
    return (" " if draw.random() < 0.3 else "").join(syllables(text))


def pinyin_initials(name: str, draw: Random) -> str | None:
    parts = parts_of(name)
    text = name if draw.random() < 0.5 or parts.bracketed else parts.written(form="", tail="")
    letters = initials(text)
    return letters if len(letters) >= 5 else None


def traditional_letters(name: str, draw: Random) -> str | None:  # noqa: ARG001
    other = traditional(name)
    return other if other != name else None


def width_space(name: str, draw: Random) -> str | None:
    wide = name.translate(_PLAIN_BRACKETS) if draw.random() < 0.5 else name
    spaces = sorted(draw.sample(range(1, len(wide)), min(draw.randint(1, 3), len(wide) - 1)))
    blank = draw.choice((" ", "\u3000", "\u00a0", "  "))
    pieces = [wide[a:b] for a, b in zip([0, *spaces], [*spaces, len(wide)], strict=True)]
    return blank.join(pieces) + draw.choice(("", " ", "\t"))


def brackets(name: str, draw: Random) -> str | None:
    parts = parts_of(name)
    if not parts.place:
        return None
    kind = draw.randrange(len(_OPEN))
    inside = _OPEN[kind] + parts.place + _CLOSE[kind]
    ways = [parts.brand + inside + parts.trade, parts.place + parts.core, inside + parts.core]
    if parts.bracketed:
        ways.append(parts.brand + parts.place + parts.trade)
    other = draw.choice(ways) + parts.form + parts.tail
    return other if other != name else None


def drop_region(name: str, draw: Random) -> str | None:  # noqa: ARG001
    parts = parts_of(name)
    return parts.written(place="") if parts.place and len(parts.core) > 2 else None


def region_form(name: str, draw: Random) -> str | None:
    parts = parts_of(name)
    others = [way for way in places_by_writing().get(parts.place, ()) if way != parts.place]
    return name.replace(parts.place, draw.choice(others), 1) if others else None


def drop_org(name: str, draw: Random) -> str | None:  # noqa: ARG001
    parts = parts_of(name)
    if not parts.form.endswith("公司") or parts.tail:
        return None
    return name[: -len(parts.form)]


def org_swap(name: str, draw: Random) -> str | None:
    forms = ["有限公司", "有限责任公司", "股份有限公司", "公司"]
    form = parts_of(name).form
    if form not in forms:
        return None
    return name.replace(form, draw.choice([other for other in forms if other != form]), 1)


def abbr_core(name: str, draw: Random) -> str | None:  # noqa: ARG001
    parts = parts_of(name)
    return parts.core if _is_short(parts) else None


def abbr_city(name: str, draw: Random) -> str | None:  # noqa: ARG001
    parts = parts_of(name)
    ways = places_by_writing().get(parts.place)
    if not ways or not _is_short(parts):
        return None
    return ways[0] + parts.brand + parts.trade[:2]


def abbr_skip(name: str, draw: Random) -> str | None:
    parts = parts_of(name)
    if len(parts.trade) < 3 or not _is_short(parts):
        return None
    left_out = set(draw.sample(range(1, len(parts.trade)), draw.randint(1, 2)))
    kept = "".join(letter for at, letter in enumerate(parts.trade) if at not in left_out)
    return parts.brand + kept if len(kept) > 1 else None


def combo2(name: str, draw: Random) -> str | None:
    return _several(name, draw, 2)


def combo3(name: str, draw: Random) -> str | None:
    return _several(name, draw, 3)


KINDS: dict[str, Noise] = {
    "exact": exact,
    "typo_shape": typo_shape,
    "typo_random": typo_random,
    "typo_delete": typo_delete,
    "typo_insert": typo_insert,
    "typo_transpose": typo_transpose,
    "homophone": homophone,
    "homophone_zihao": homophone_zihao,
    "pinyin_full": pinyin_full,
    "pinyin_initials": pinyin_initials,
    "traditional": traditional_letters,
    "width_space": width_space,
    "brackets": brackets,
    "drop_region": drop_region,
    "region_form": region_form,
    "drop_org": drop_org,
    "org_swap": org_swap,
    "abbr_core": abbr_core,
    "abbr_city": abbr_city,
    "abbr_skip": abbr_skip,
    "combo2": combo2,
    "combo3": combo3,
}
_COMBINED = (
    "typo_shape", "typo_random", "typo_delete", "typo_insert", "typo_transpose", "homophone", "homophone_zihao",
    "traditional", "width_space", "brackets", "drop_region", "region_form", "drop_org", "org_swap",
)  # fmt: skip


def noisy(names: Sequence[str], kinds: Sequence[str], seed: int) -> list[str | None]:
    """Give each name its kind of noise, the same for the same seed; None where it does not apply."""
    return [
        KINDS[kind](name, Random(f"{seed}/{at}/{kind}"))  # noqa: S311  # nobody guards a secret with it
        for at, (name, kind) in enumerate(zip(names, kinds, strict=True))
    ]


def _several(name: str, draw: Random, count: int) -> str | None:
    text: str = name
    for kind in draw.sample(_COMBINED, len(_COMBINED)):
        other = KINDS[kind](text, draw)
        if other is not None and other != text:
            text, count = other, count - 1
        if count == 0:
            return text
    return None


def _replaced(text: str, draw: Random, others: Callable[[str], str]) -> str | None:
    places = [at for at, letter in enumerate(text) if others(letter)]
    if not places:
        return None
    at = draw.choice(places)
    return text[:at] + draw.choice(others(text[at])) + text[at + 1 :]


def _is_short(parts: Parts) -> bool:
    """Whether leaving out place and form leaves a name that somebody would say."""
    return len(parts.core) > 2 and bool(parts.form) and not parts.tail
