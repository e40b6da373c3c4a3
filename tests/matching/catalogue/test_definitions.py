"""The shared conditions: size classes row by row at their exact limits, good standing, records of the last years."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.ground import Ground
from matching.engine.match import EXPECTED_CODES
from matching.engine.profile_text import population_of_texts
from matching.language.conditions import Defined

ON = date(2026, 9, 30)
CATALOGUE = shipped_catalogue()
STAFF, REVENUE, ASSETS = "employees@2025", "annual_revenue@2025", "total_assets@2025"
CLASSES = ("size_large", "size_medium_or_larger", "size_small_or_larger")

# The table of the standard: industries of a row, its measures, and the lower bounds of 大, 中 and 小
# (persons, or 万元).
SIZES: list[tuple[str, tuple[str, ...], tuple[tuple[int, ...], ...]]] = [
    ("A0111 A05", (REVENUE,), ((20000,), (500,), (50,))),
    ("B0610 C1311 C3489 D4610", (STAFF, REVENUE), ((1000, 40000), (300, 2000), (20, 300))),
    ("E4710 E5011", (REVENUE, ASSETS), ((80000, 80000), (6000, 5000), (300, 300))),
    ("F5123", (STAFF, REVENUE), ((200, 40000), (20, 5000), (5, 1000))),
    ("F5211", (STAFF, REVENUE), ((300, 20000), (50, 500), (10, 100))),
    (
        "G5431 G55 G56 G57 G5821 G5910",
        (STAFF, REVENUE),
        ((1000, 30000), (300, 3000), (20, 200)),
    ),
    (
        "G5920 G5930 G5941 G5951 G5960 G5990",
        (STAFF, REVENUE),
        ((200, 30000), (100, 1000), (20, 100)),
    ),
    ("G6020", (STAFF, REVENUE), ((1000, 30000), (300, 2000), (20, 100))),
    ("H6110", (STAFF, REVENUE), ((300, 10000), (100, 2000), (10, 100))),
    ("H6210", (STAFF, REVENUE), ((300, 10000), (100, 2000), (10, 100))),
    ("I63 I6429", (STAFF, REVENUE), ((2000, 100_000), (100, 1000), (10, 100))),
    ("I6513", (STAFF, REVENUE), ((300, 10000), (100, 1000), (10, 50))),
    ("K7010", (REVENUE, ASSETS), ((200_000, 10000), (1000, 5000), (100, 2000))),
    ("K7020", (STAFF, REVENUE), ((1000, 5000), (300, 1000), (100, 500))),
    ("L7111 L7211", (STAFF, ASSETS), ((300, 120_000), (100, 8000), (10, 100))),
    (
        "K7030 K7040 K7090 M7320 N7721 O8010 Q8514 R8890",
        (STAFF,),
        ((300,), (100,), (10,)),
    ),
]
ROWS = [(code, measures, bounds) for codes, measures, bounds in SIZES for code in codes.split()]
BY_HAND = ("J6610", "G53", "P8391", "Q8425", "S92", "T97")
TOO_COARSE = ("F", "G59", "K70", "Q")


def figure(measure: str, bound: int, *, less: bool = False) -> str:
    if measure == STAFF:
        return f"{bound - less} 人"
    return f"{bound * 10_000 - 1}.99 元" if less else f"{bound} 万元"


def verdicts(rows: Sequence[Mapping[str, str | None]], name: str) -> list[int]:
    ground = Ground(
        population_of_texts([dict(row) for row in rows], CATALOGUE.vocabulary),
        CATALOGUE.vocabulary,
        CATALOGUE.definitions,
    )
    asked = ground.verdict(Defined(name=name), ON).alias("verdict")
    return ground.collect(asked)["verdict"].cast(pl.Int64).to_list()


def codes(*words: str) -> list[int]:
    return [EXPECTED_CODES[word] for word in words]


@pytest.mark.parametrize(("name", "place"), [(name, at) for at, name in enumerate(CLASSES)])
def test_a_size_class_needs_every_lower_bound_of_its_row(name: str, place: int) -> None:
    asked: list[dict[str, str | None]] = []
    expected: list[int] = []
    for code, measures, bounds in ROWS:
        limits = bounds[place]
        exact = dict(zip(measures, map(figure, measures, limits), strict=True))
        asked.append({"industry": code, **exact})
        expected += codes("met")
        for measure, limit in zip(measures, limits, strict=True):
            asked.append({"industry": code, **exact, measure: figure(measure, limit, less=True)})
            asked.append({"industry": code, **exact, measure: None})
            expected += codes("unmet", "unknown")

    found = zip(asked, verdicts(asked, name), expected, strict=True)

    assert [row for row, verdict, right in found if verdict != right] == []


@pytest.mark.parametrize("name", [*CLASSES, "sme"])
def test_what_the_standard_does_not_cover_needs_a_person_and_a_coarse_code_a_finer_one(
    name: str,
) -> None:
    huge = {STAFF: "9000 人", REVENUE: "90 亿元", ASSETS: "90 亿元"}
    rows = [{"industry": code, **huge} for code in (*BY_HAND, *TOO_COARSE)]

    assert verdicts(rows, name) == codes(*["person"] * len(BY_HAND), *["unknown"] * len(TOO_COARSE))


def test_whoever_is_not_large_is_small_or_medium() -> None:
    large = {"industry": "C3489", STAFF: "1000 人", REVENUE: "40000 万元"}
    one_less = {**large, STAFF: "999 人"}
    open_still = {**large, STAFF: None}

    assert verdicts([large, one_less, open_still], "sme") == codes("unmet", "met", "unknown")


def test_a_figure_that_settles_the_class_makes_the_others_needless() -> None:
    known = {"industry": "C3489", STAFF: "12 人"}

    assert verdicts([known], "sme") == codes("met")


def test_good_standing_needs_all_three_and_knows_nothing_by_silence() -> None:
    good = {"status": "active", "abnormal_operation": "none", "serious_dishonesty": "none"}
    rows: list[dict[str, str | None]] = [
        {**good},
        {**good, "status": "revoked"},
        {**good, "abnormal_operation": "2026-09-30.."},
        {**good, "abnormal_operation": "2026-10-01.."},
        {**good, "abnormal_operation": "2026-01-01..2026-09-29"},
        {**good, "serious_dishonesty": "2020-01-01.."},
        {**good, "serious_dishonesty": None},
        {**good, "abnormal_operation": None},
        {**good, "status": None},
        {**good, "status": None, "serious_dishonesty": "2020-01-01.."},
    ]

    assert verdicts(rows, "good_standing") == codes(
        "met", "unmet", "unmet", "met", "met", "unmet", "unknown", "unknown", "unknown", "unmet"
    )


@pytest.mark.parametrize(
    ("name", "day_within", "day_before"),
    [
        ("no_violation_two_years", "2024-09-30", "2024-09-29"),
        ("no_violation_three_years", "2023-09-30", "2023-09-29"),
    ],
)
def test_a_record_counts_for_so_many_years_to_the_day(
    name: str, day_within: str, day_before: str
) -> None:
    kinds = ("safety_accident", "environment_violation", "tax_violation")
    clean = dict.fromkeys(kinds, "none")

    assert verdicts([clean], name) == codes("met")
    for kind in kinds:
        rows: list[dict[str, str | None]] = [
            {**clean, kind: f"{day_within}..2024-12-31"},
            {**clean, kind: f"{day_before}..2024-12-31"},
            {**clean, kind: None},
        ]
        assert verdicts(rows, name) == codes("unmet", "met", "unknown")


@pytest.mark.parametrize(
    ("code", "expected"),
    [("B0610", "met"), ("C3489", "met"), ("D4610", "met"), ("E4710", "unmet"), (None, "unknown")],
)
def test_industry_is_mining_manufacturing_and_supply(code: str | None, expected: str) -> None:
    assert verdicts([{"industry": code}], "industrial") == codes(expected)
