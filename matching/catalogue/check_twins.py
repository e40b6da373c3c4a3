"""Items that say the same: one award would be paid twice."""

import msgspec

from matching.catalogue.lines import Lines
from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.versions import item_name
from matching.language.items import Item
from matching.language.problems import Problem


def twin_problems(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Give a problem for every item whose condition and amount another one of its days and area has too."""
    first: dict[bytes, list[Item]] = {}
    problems: list[Problem] = []
    for item in catalogue.items:
        same = first.setdefault(_said(item), [])
        twin = next((other for other in same if _clash(item, other, catalogue)), None)
        same.append(item)
        if twin is not None:
            lines = Lines(catalogue.files.get(item.file, ""))
            problems.append(
                Problem(
                    file=item.file,
                    line=lines.at("condition"),
                    where="condition",
                    what=f"条件与金额同“{twin.id}”（{twin.file}）一样，有效期也重叠",
                    way_out="只留一个，或写明两者的区别",
                )
            )
    return tuple(problems)


def _said(item: Item) -> bytes:
    """Give condition and amount without the prose beside them."""
    said = _bare(msgspec.to_builtins((item.condition, item.amount)))
    return msgspec.json.encode(said, order="deterministic")


def _bare(said: object) -> object:
    if isinstance(said, dict):
        return {key: _bare(inner) for key, inner in said.items() if key != "label"}
    if isinstance(said, list | tuple):
        return [_bare(inner) for inner in said]
    return said


def _clash(one: Item, two: Item, catalogue: Catalogue) -> bool:
    """Say whether two items may hold for one enterprise on one day; of versions only one ever does."""
    if item_name(one) == item_name(two):
        return False
    places = catalogue.vocabulary.places
    days = (one.valid.until is None or two.valid.since <= one.valid.until) and (
        two.valid.until is None or one.valid.since <= two.valid.until
    )
    return days and (places.contains(one.area, two.area) or places.contains(two.area, one.area))
