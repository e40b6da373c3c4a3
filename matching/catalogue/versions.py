"""The versions of one item: which of them the evidence day picks, and whether they fit together."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from matching.language.items import Item
from matching.language.problems import Problem


def item_name(version: Item) -> str:
    """Give the name of the item a file is a version of."""
    return version.item or version.id


def by_item(versions: Iterable[Item]) -> dict[str, tuple[Item, ...]]:
    """Give each item's versions, the earliest first."""
    grouped: dict[str, list[Item]] = {}
    for version in versions:
        grouped.setdefault(item_name(version), []).append(version)
    return {
        name: tuple(sorted(same, key=lambda one: (one.valid.since, one.id)))
        for name, same in sorted(grouped.items())
    }


def version_in_force(versions: Sequence[Item], evidence_day: date) -> Item | None:
    """Give the version the evidence day picks; None where none is in force.

    A draft is never in force. Several only where the catalogue has problems; then the one begun last.
    """
    holding = [one for one in versions if one.status != "draft" and one.valid.hold(evidence_day)]
    return max(holding, key=lambda one: (one.valid.since, one.id), default=None)


def succession(items: Sequence[Item], name: str) -> tuple[Item, ...]:
    """Give the versions of an item and of all it has replaced, directly or through others, earliest first."""
    grouped = by_item(items)
    names, waiting = {name}, [name]
    while waiting:
        for version in grouped.get(waiting.pop(), ()):
            waiting += [old for old in version.supersedes if old not in names]
            names |= {*version.supersedes}
    chain = [version for known in names for version in grouped.get(known, ())]
    return tuple(sorted(chain, key=lambda one: (one.valid.since, one.id)))


def lineage(items: Sequence[Item], name: str) -> tuple[Item, ...]:
    """Give the versions of an item, of all it has replaced and of all that replaced it, earliest first."""
    chains = [succession(items, other) for other in by_item(items)]
    joined = {one.id: one for chain in chains if name in map(item_name, chain) for one in chain}
    return tuple(sorted(joined.values(), key=lambda one: (one.valid.since, one.id)))


def version_problems(items: Sequence[Item]) -> tuple[Problem, ...]:
    """Give what is wrong between versions: days that overlap, and replaced items that are not over."""
    grouped = by_item(items)
    problems: list[Problem] = []
    for versions in grouped.values():
        problems += _unlike(versions)
        problems += _overlaps(versions)
    for item in items:
        problems += _replacements(item, grouped)
    return tuple(sorted(problems))


def _overlaps(versions: Sequence[Item]) -> list[Problem]:
    counting = [version for version in versions if version.status != "draft"]
    return [
        _problem(
            later,
            "valid",
            f"与同一事项的“{earlier.id}”在{later.valid.since}同时有效，证据日选不出一个版本",
            "让前一版的截止日早于后一版的起始日",
        )
        for earlier, later in combinations(counting, 2)
        if earlier.valid.hold(later.valid.since)
    ]


def _unlike(versions: Sequence[Item]) -> list[Problem]:
    first = versions[0]
    return [
        _problem(
            version,
            "item",
            f"与同一事项的“{first.id}”的政策条目或台账系列不同",
            "同一事项的各版本共用 policy 和 family，兑付过的才看得到",
        )
        for version in versions[1:]
        if (version.policy, version.family) != (first.policy, first.family)
    ]


def _replacements(item: Item, grouped: dict[str, tuple[Item, ...]]) -> list[Problem]:
    problems: list[Problem] = []
    for name in item.supersedes:
        if name not in grouped or name == item_name(item):
            what = f"没有名为“{name}”的其他事项"
            problems.append(_problem(item, "supersedes", what, "写被取代事项的 item 名"))
            continue
        for old in grouped[name]:
            if item.status != "draft" and old.status != "draft" and _lasts(old, item.valid.since):
                what = f"被取代的“{old.id}”在{item.valid.since}仍然有效"
                problems.append(_problem(old, "valid", what, "截止日写到取代它的前一天"))
            if old.family != item.family:
                what = f"与被取代的“{old.id}”不是同一台账系列，以往兑付看不到"
                problems.append(_problem(item, "family", what, "两者写同一个 family"))
    return problems


def _lasts(version: Item, day: date) -> bool:
    """Say whether a version still holds on a day, or would begin later."""
    return version.valid.until is None or version.valid.until >= day


def _problem(item: Item, where: str, what: str, way_out: str) -> Problem:
    return Problem(file=item.file, line=0, where=where, what=what, way_out=way_out)
