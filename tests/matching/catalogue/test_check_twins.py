"""Two items that say the same would pay one award twice."""

import pytest

from matching.catalogue.check_twins import twin_problems
from matching.catalogue.load_catalogue import build_catalogue
from tests.matching.language.made_items import VOCABULARY, item_text, line_of

LABELLED = "{label: 正常经营, fact: status, one_of: [active]}"


def whats(**other: str) -> list[str]:
    files = {
        "items/a.yml": item_text(id="a"),
        "items/b.yml": item_text(**{"id": "b", **other}),
        "definitions.yml": "{}",
    }
    found = twin_problems(build_catalogue(files, VOCABULARY))
    assert all((p.file, p.line) == ("items/b.yml", line_of("condition")) for p in found)
    assert all(problem.way_out for problem in found)
    return [problem.what for problem in found]


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"title": "另一个标题", "policy": "P01"},
        {"condition": LABELLED},
        {"area": "中原区"},
        {"valid": "{from: 2026-12-31, until: 2027-12-31}"},
    ],
)
def test_the_same_condition_and_amount_in_one_place_and_time_is_told(other: dict[str, str]) -> None:
    assert whats(**other) == ["条件与金额同“a”（items/a.yml）一样，有效期也重叠"]


@pytest.mark.parametrize(
    "other",
    [
        {"amount": "{fixed: 11 万元}"},
        {"area": "许昌市"},
        {"valid": "{from: 2027-01-01, until: 2027-12-31}"},
        {"condition": "{fact: status, one_of: [cancelled]}"},
        {"item": "a", "valid": "{from: 2026-07-01, until: 2026-12-31}"},
    ],
)
def test_another_amount_place_time_or_condition_is_another_item(other: dict[str, str]) -> None:
    assert whats(**other) == []
