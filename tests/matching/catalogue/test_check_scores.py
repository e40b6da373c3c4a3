"""Score tables: every point can be had, every limit reached, no value falls between two bands."""

import pytest

from matching.catalogue.check_scores import score_troubles
from matching.catalogue.impossible import Reach
from matching.language.conditions import Condition, Indicator, Points, Score, ScorePart
from tests.matching.language.made_items import VOCABULARY, condition

REACH = Reach(VOCABULARY, {}, None)


def revenue(limits: str) -> Condition:
    return condition(f"{{fact: annual_revenue, year: 2025, {limits}}}")


def between(low: str, high: str) -> Condition:
    bounds = (f"at_least: {low}", f"at_most: {high}")
    first, last = (f"{{fact: annual_revenue, year: 2025, {bound}}}" for bound in bounds)
    return condition(f"{{all_of: [{first}, {last}]}}")


def told(*rows: tuple[Condition | None, int], **more: object) -> list[tuple[str, str]]:
    fields = {"take": "highest", "limit": 1, "least": None, "most": None, "operator": "at_least"}
    asked = {**fields, **more}
    indicator = Indicator(
        name="营收",
        rows=tuple(Points(when=when, points=points) for when, points in rows),
        take=asked["take"],  # type: ignore[arg-type]
    )
    part = ScorePart(name="成长", indicators=(indicator,), at_least=asked["least"])  # type: ignore[arg-type]
    score = Score(
        parts=(part,),
        operator=asked["operator"],  # type: ignore[arg-type]
        limit=asked["limit"],  # type: ignore[arg-type]
        most=asked["most"],  # type: ignore[arg-type]
    )
    found = list(score_troubles(score, "condition", REACH))
    assert all(trouble.way_out for trouble in found)
    return [(trouble.where, trouble.what) for trouble in found]


TABLE = "condition.score[0].indicators[0]"
NESTED = (
    (revenue("at_least: 3 亿元"), 10),
    (revenue("at_least: 1 亿元"), 5),
    (revenue("at_least: 5000 万元"), 1),
)
BANDS = ((between("1 元", "2 元"), 1), (between("2 元", "5 元"), 3), (between("5 元", "9 元"), 5))


@pytest.mark.parametrize("rows", [NESTED, NESTED[::-1], BANDS, (*NESTED, (None, 0))])
def test_a_good_table_is_left_alone(rows: tuple[tuple[Condition | None, int], ...]) -> None:
    assert told(*rows[:3], limit=3) == []


def test_a_limit_above_the_full_score_cannot_be_reached() -> None:
    assert told(*NESTED, limit=11) == [("condition", "满分只有10分，到不了11分的线")]
    assert told(*NESTED, limit=10) == []
    assert told(*NESTED, limit=10, operator="more_than")[0][0] == "condition"
    assert told(*NESTED, limit=5, most=4) == [("condition", "满分只有4分，到不了5分的线")]
    assert told(*NESTED, limit=16, take="sum") == []
    assert told(*NESTED, limit=17, take="sum")[0][0] == "condition"


def test_a_minimum_above_the_full_score_of_its_part_cannot_be_reached() -> None:
    assert told(*NESTED, least=11) == [
        ("condition.score[0]", "“成长”满分只有10分，到不了本部分的11分")
    ]


def test_a_value_between_two_bands_may_not_be_left_without_points() -> None:
    bands = (BANDS[0], (between("2.02 元", "5 元"), 3))
    assert told(*bands) == [(f"{TABLE}.rows[1]", "“营收”在这一档与前一档之间有一段没有分值")]
    assert told(BANDS[0], (between("2.01 元", "5 元"), 3)) == []
    assert told(*bands, (None, 1)) == []


def test_bands_may_meet_at_an_edge_but_not_overlap() -> None:
    assert told(BANDS[0], (between("1.5 元", "5 元"), 3)) == [
        (f"{TABLE}.rows[1]", "“营收”的这一档与另一档重叠，不止于界限")
    ]


def test_a_row_whose_takers_all_get_more_elsewhere_is_told() -> None:
    upside_down = ((revenue("at_least: 3 亿元"), 1), (revenue("at_least: 1 亿元"), 5))
    assert [where for where, _ in told(*upside_down)] == [f"{TABLE}.rows[0]"]
    assert [where for where, _ in told(*upside_down[::-1])] == [f"{TABLE}.rows[1]"]


def test_a_row_nobody_can_be_in_is_told() -> None:
    assert told(*NESTED, (between("2 元", "1 元"), 2))[0] == (
        f"{TABLE}.rows[3]", "“营收”的这一档没有企业能到",
    )  # fmt: skip
