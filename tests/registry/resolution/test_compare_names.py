"""How two names differ; the cases stand in names.csv, a pair a line."""

import csv
from pathlib import Path

import pytest

from registry.lookup.fold import fold
from registry.lookup.letters import sound_classes
from registry.resolution.compare_names import NAME_FEATURES, difference, zones_of

with (Path(__file__).parent / "names.csv").open(encoding="utf-8") as lines:
    CASES = [
        pytest.param(case, id=f"{case['given']}/{case['known']}") for case in csv.DictReader(lines)
    ]


def sound(letter: str) -> int:
    return int(sound_classes()[ord(letter)])


@pytest.mark.parametrize("case", CASES)
def test_two_names_differ_as_the_table_says(case: dict[str, str]) -> None:
    found = difference(fold(case["given"]), fold(case["known"]), sound)

    assert set(case["has"].split()) <= set(found.marks)
    assert not set(case["has_not"].split()) & set(found.marks)


@pytest.mark.parametrize(
    ("name", "zones"),
    [
        ("郑州恒达商贸有限公司", "ppbbccffff"),
        ("恒达商贸", "bbcc"),
        ("郑州恒达商贸有限公司荥阳分公司", "ppbbccffffttttt"),
        ("溟岑霁商贸有限公司", "bbbccffff"),
        ("郑州公司", "ppff"),
        ("", ""),
    ],
)
def test_every_character_lies_in_a_zone(name: str, zones: str) -> None:
    folded = fold(name)

    assert len(zones_of(folded)) == len(folded.text)
    assert zones_of(folded) == zones


def test_features_are_counted_by_zone_and_way() -> None:
    found = difference(fold("郑州恒远商贸公司"), fold("郑州恒达商贸有限公司"), sound)
    counted = {
        name: value for name, value in zip(NAME_FEATURES, found.features, strict=True) if value
    }

    assert counted == {"b_other": 1, "f_missing": 2}
