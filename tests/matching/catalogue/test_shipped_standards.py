"""The standards that come with the project: right by their own examples, held by the gate, apart by version."""

from datetime import date

import pytest

from matching.catalogue.check_standards import standard_problems
from matching.catalogue.load_catalogue import shipped_catalogue
from matching.catalogue.standard_gate import standard_score
from matching.engine.assess import assess, standard_for, standards_for
from matching.engine.ground import Ground
from matching.engine.match import VERDICT_WORDS
from matching.engine.profile_text import population_of_texts
from matching.language.standards import Kind, Standard

RULES = shipped_catalogue()
PLACES = RULES.vocabulary.places


def version(tier: str, kind: Kind, day: date, place: str = "金昌市") -> str | None:
    """Name the standard that judges an application of a place."""
    code = PLACES.find(place)
    assert code is not None
    judging = standards_for(RULES.standards, tier, kind, day, PLACES)
    found = standard_for(judging, PLACES.lineage(code))
    return None if found is None else found.id


def said(given: dict[str, str | None], tier: str, kind: Kind, day: date) -> str:
    """Say what a title comes to for one enterprise."""
    ground = Ground(
        population_of_texts([given], RULES.vocabulary), RULES.vocabulary, RULES.definitions, day
    )
    codes = assess(RULES.standards, ground, day, kind).codes
    return VERDICT_WORDS[codes[tier][0]]


def background(standard_id: str) -> dict[str, str | None]:
    """Give the profile a standard's examples start from."""
    return next(one.background for one in RULES.standards if one.id == standard_id)


def test_every_standard_decides_its_examples_and_nothing_overlaps() -> None:
    """No criterion that can never hold, no two versions for one application."""
    assert standard_problems(RULES) == ()


@pytest.mark.parametrize("standard", RULES.standards, ids=lambda one: one.id)
def test_every_wrong_criterion_breaks_an_example(standard: Standard) -> None:
    """A limit one step off, an operator turned, a criterion left out."""
    assert standard_score(standard, RULES).survivors == ()


@pytest.mark.parametrize("standard", RULES.standards, ids=lambda one: one.id)
def test_what_is_only_recalled_says_so(standard: Standard) -> None:
    """Every criterion names its article and how far it can be trusted."""
    assert all(one.article and one.mark in ("verified", "recalled") for one in standard.criteria)


@pytest.mark.parametrize(
    ("tier", "kind", "day", "expected"),
    [
        ("specialized_sme", "认定", date(2026, 3, 31), "specialized-sme-2022"),
        ("specialized_sme", "认定", date(2026, 4, 1), "specialized-sme-2026"),
        ("specialized_sme", "复核", date(2026, 3, 31), "specialized-sme-2022"),
        ("specialized_sme", "复核", date(2026, 4, 1), "specialized-sme-2026"),
        ("little_giant", "认定", date(2026, 3, 31), "little-giant-2022"),
        ("little_giant", "认定", date(2026, 4, 1), "little-giant-2026"),
        ("little_giant", "复核", date(2026, 12, 31), "little-giant-2022"),
        ("little_giant", "复核", date(2027, 1, 1), "little-giant-2026"),
        ("innovative_sme", "认定", date(2026, 3, 31), "innovative-sme-2022"),
        ("innovative_sme", "认定", date(2026, 4, 1), "innovative-sme-2026"),
        ("little_giant", "认定", date(2022, 7, 31), None),
    ],
)
def test_the_version_goes_by_title_kind_and_day(
    tier: str, kind: Kind, day: date, expected: str | None
) -> None:
    """2号 from 2026-04-01; the little giants' review of 2026 still by 63号."""
    assert version(tier, kind, day) == expected


def test_a_province_adds_its_gates_without_copying() -> None:
    """Guangdong's firms are judged by its overlay, which inherits the nation's points."""
    day = date(2026, 5, 1)

    assert version("innovative_sme", "认定", day, "广东省") == "innovative-sme-2026-guangdong"
    assert version("innovative_sme", "认定", day) == "innovative-sme-2026"


REVIEW = date(2026, 6, 1)


def test_a_little_giant_of_2023_is_reviewed_in_2026_by_the_earlier_text() -> None:
    """It grew 4 % a year and owns two inventions: too little for 2号, as a new one, and enough for 63号."""
    old = background("little-giant-2022")
    firm = {
        **{_a_year_on(name): value for name, value in old.items()},
        **background("little-giant-2026"),
        "equity_two_years": "0 元",
        "annual_revenue@2025": "10000 万元",
        "annual_revenue@2024": "9700 万元",
        "annual_revenue@2023": "9400 万元",
        "main_revenue@2025": "9261 万元",
        "main_revenue@2024": "8820 万元",
        "main_revenue@2023": "8400 万元",
        "rd_expense@2025": "300 万元",
        "rd_expense@2024": "291 万元",
        "total_liabilities@2025": "700 万元",
        "class_one_ip_2026": "2 件",
        "class_one_ip_2026_merger": "2 件",
        "little_giant": "2023-07-01..2026-06-30",
    }

    assert said(firm, "little_giant", "复核", REVIEW) == "需人工"
    assert said(firm, "little_giant", "认定", REVIEW) == "不符合"


def _a_year_on(name: str) -> str:
    fact, at, year = name.partition("@")
    return f"{fact}@{int(year) + 1}" if at else name


def test_a_firm_meets_the_earlier_text_and_misses_the_later() -> None:
    """Two years in its market and 1200万元 of revenue were enough for 63号; 2号 asks for three and 1500万元."""
    firm = {
        **background("specialized-sme-2022"),
        "place": "河北省",
        "annual_revenue@2024": "1200 万元",
        "main_revenue@2024": "960 万元",
        "main_revenue@2023": "600 万元",
        "main_revenue@2022": "480 万元",
        "net_profit@2024": "120 万元",
        "rd_expense@2024": "100 万元",
    }
    later = {
        **background("specialized-sme-2026"),
        "market_segment_since": "2024-01-01",
        "annual_revenue@2025": "1200 万元",
        "main_revenue@2025": "960 万元",
    }

    assert said(firm, "specialized_sme", "认定", date(2025, 5, 1)) == "符合"
    assert said(later, "specialized_sme", "认定", date(2026, 5, 1)) == "不符合"


def test_whether_a_province_sharpens_it_is_unknown_while_the_place_is() -> None:
    """河南 asks for a valid 创新型 at the review too; elsewhere the national text does not."""
    firm = {
        **background("specialized-sme-2022"),
        "innovative_sme": "2020-01-01..2022-12-31",
        "specialized_sme": "2022-07-01..2025-06-30",
    }
    day = date(2025, 5, 1)

    assert said({**firm, "place": "河北省"}, "specialized_sme", "复核", day) == "符合"
    assert said({**firm, "place": "郑州市"}, "specialized_sme", "复核", day) == "不符合"
    assert said(firm, "specialized_sme", "复核", day) == "待补充"


def test_a_firm_meets_the_later_text_and_misses_the_earlier() -> None:
    """63号 wants 60 points and this one has few of them; 2号 knows no such points."""
    later = background("specialized-sme-2026")
    earlier = {
        **background("specialized-sme-2022"),
        "market_segment_since": "2016-01-01",
        "main_revenue@2022": "8000 万元",
        "main_revenue@2023": "8000 万元",
        "net_profit@2024": "0 元",
        "total_liabilities@2024": "800 万元",
        "product_field": "other",
        "digital_level": "first",
        "provincial_feature_points": "0 分",
    }

    assert said(later, "specialized_sme", "认定", date(2026, 5, 1)) == "需人工"
    assert said(earlier, "specialized_sme", "认定", date(2025, 5, 1)) == "不符合"
