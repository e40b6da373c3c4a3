"""One item, many versions: the evidence day picks exactly one, and what was paid under an old one stays known."""

from datetime import date

import msgspec
import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.catalogue.versions import (
    by_item,
    succession,
    version_in_force,
    version_problems,
)
from matching.language.items import Days, Item
from tests.matching.language.made_items import item

CATALOGUE = shipped_catalogue()
FULL_LOAD = by_item(CATALOGUE.items)["p01-full-load"]
CHAMPIONS = succession(CATALOGUE.items, "p13-title-award")


def version(name: str, since: date, until: date | None, **fields: object) -> Item:
    made = item(id=name, item="made-item", family="P00")
    changed: Item = msgspec.structs.replace(
        made, valid=Days(since=since, until=until), file=f"items/{name}.yml", **fields
    )
    return changed


OLD = version("old", date(2024, 1, 1), date(2024, 12, 31))
NEW = version("new", date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 12, 31), None),
        (date(2022, 1, 1), "p01-2022-q1"),
        (date(2022, 3, 31), "p01-2022-q1"),
        (date(2022, 4, 1), None),
        (date(2023, 1, 1), "p01-2023-q1"),
        (date(2023, 3, 31), "p01-2023-q1"),
        (date(2024, 3, 31), None),
        (date(2025, 1, 1), "p01-2025-q1"),
        (date(2025, 3, 31), "p01-2025-q1"),
        (date(2026, 1, 1), "p01-2026-q1"),
        (date(2026, 3, 31), "p01-2026-q1"),
        (date(2026, 4, 1), None),
    ],
)
def test_full_load_is_judged_by_the_version_of_its_quarter(day: date, expected: str | None) -> None:
    found = version_in_force(FULL_LOAD, day)

    assert (found.id if found else None) == expected


@pytest.mark.parametrize("evidence", [one.evidence_day for one in FULL_LOAD])
def test_each_evidence_day_of_the_chain_picks_exactly_its_version(evidence: date | None) -> None:
    assert evidence is not None
    holding = [one for one in FULL_LOAD if one.valid.hold(evidence)]

    assert holding == [version_in_force(FULL_LOAD, evidence)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2016, 1, 1), "p19-champion-demo"),
        (date(2022, 10, 10), "p19-champion-demo"),
        (date(2022, 10, 11), "p13-title-award"),
        (date(2026, 9, 30), "p13-title-award"),
    ],
)
def test_the_champion_award_passes_from_the_old_document_to_the_new(
    day: date, expected: str
) -> None:
    found = version_in_force(CHAMPIONS, day)

    assert found is not None
    assert found.id == expected
    assert {one.family for one in CHAMPIONS} == {"P13"}


def test_every_shipped_version_names_its_item() -> None:
    grouped = by_item(CATALOGUE.items)

    assert sum(len(versions) for versions in grouped.values()) == len(CATALOGUE.items)
    assert {len(grouped[name]) for name in ("p01-full-load", "p32-stable-jobs")} == {4, 2}
    assert version_problems(CATALOGUE.items) == ()


def test_a_draft_is_picked_by_no_day() -> None:
    draft = version("draft", date(2025, 1, 1), None, status="draft")

    assert version_in_force((draft,), date(2025, 6, 1)) is None
    assert version_problems((NEW, draft)) == ()


def test_versions_that_touch_do_not_overlap() -> None:
    assert version_problems((OLD, NEW)) == ()
    assert version_in_force((OLD, NEW), date(2024, 12, 31)) == OLD
    assert version_in_force((OLD, NEW), date(2025, 1, 1)) == NEW


@pytest.mark.parametrize("last", [date(2025, 1, 1), None])
def test_versions_in_force_on_one_day_are_a_problem_of_the_later(last: date | None) -> None:
    longer = version("old", date(2024, 1, 1), last)

    (found,) = version_problems((longer, NEW))

    assert (found.file, found.where) == ("items/new.yml", "valid")
    assert "“old”在2025-01-01同时有效" in found.what
    assert version_in_force((longer, NEW), date(2025, 1, 1)) == NEW


def test_versions_of_one_item_share_their_ledger() -> None:
    other = msgspec.structs.replace(NEW, family="P99")

    (found,) = version_problems((OLD, other))

    assert found.where == "item"
    assert "台账系列不同" in found.what


@pytest.mark.parametrize(
    ("old", "where", "what"),
    [
        pytest.param({}, None, "", id="over in time"),
        pytest.param({"valid": Days(since=date(2024, 1, 1))}, "valid", "仍然有效", id="never over"),
        pytest.param({"family": "P99"}, "family", "不是同一台账系列", id="another ledger"),
        pytest.param({"item": "elsewhere"}, "supersedes", "没有名为“made-old”", id="not there"),
    ],
)
def test_what_is_replaced_must_be_over_and_share_the_ledger(
    old: dict[str, object], where: str | None, what: str
) -> None:
    replaced = msgspec.structs.replace(OLD, **{"item": "made-old", **old})
    new = msgspec.structs.replace(NEW, supersedes=("made-old",))

    found = version_problems((replaced, new))

    assert [problem.where for problem in found] == ([where] if where else [])
    assert all(what in problem.what for problem in found)


def test_a_succession_runs_through_every_link() -> None:
    first = msgspec.structs.replace(OLD, item="a")
    second = msgspec.structs.replace(NEW, item="b", supersedes=("a",))
    third = version("third", date(2026, 1, 1), None, supersedes=("b",))

    assert succession((third, second, first), "made-item") == (first, second, third)
    assert succession((third, second, first), "b") == (first, second)
