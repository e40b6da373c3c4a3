"""Figures over several years and full years at a year's end: columns and one by one agree."""

from datetime import date

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.ground import Ground
from matching.engine.profile_text import population_of_texts
from matching.engine.single.known import known_of
from matching.engine.single.tests import figures_of
from matching.language.conditions import Compare, Condition, Growth, YearsSince
from matching.language.quantities import OverMonths, Take, Value
from matching.language.read_condition import read_condition
from matching.language.reading import Reader, Unreadable
from matching.language.wording import Words
from matching.language.yaml_tree import Block, read_tree

ON = date(2026, 5, 1)
WORDS = shipped_vocabulary()
THREE = YearsSince(fact="market_segment_since", at_least=3, at_year_end=True)


def rd(take: Take, limit: int) -> Compare:
    """Give a limit on the research expense of the last two years, in 分."""
    quantity = OverMonths(fact="rd_expense", first="-2", last="-1", take=take)
    return Compare(quantity=quantity, operator="at_least", limit=limit)


def both(condition: Condition, given: dict[str, str | None]) -> bool | None:
    """Give the truth, the same over columns and alone."""
    population = population_of_texts([given], WORDS)
    ground = Ground(population, WORDS, {})
    in_columns = ground.collect(ground.truth(condition, ON).alias("truth"))["truth"][0]
    alone = figures_of(condition, ON, known_of(population, WORDS)).truth
    assert in_columns == alone
    return alone


@pytest.mark.parametrize(
    ("take", "limit", "expected"),
    [
        ("sum", 30_000, True),
        ("sum", 30_001, False),
        ("mean", 15_000, True),
        ("mean", 15_001, False),
        ("max", 20_000, True),
        ("min", 10_001, False),
    ],
)
def test_a_figure_over_years_before_the_evidence_day(
    take: Take, limit: int, *, expected: bool
) -> None:
    """2024 and 2025, seen from 2026."""
    told: dict[str, str | None] = {"rd_expense@2024": "100 元", "rd_expense@2025": "200 元"}

    assert both(rd(take, limit), told) is expected
    assert both(rd(take, limit), {"rd_expense@2025": "200 元"}) is None


@pytest.mark.parametrize(
    ("since", "expected"),
    [("2023-01-01", True), ("2023-01-02", False), ("2022-12-31", True)],
)
def test_full_years_at_the_end_of_the_last_complete_year(since: str, *, expected: bool) -> None:
    """From 2023-01-01 to 2025-12-31 is three, whatever the day in 2026."""
    assert both(THREE, {"market_segment_since": since}) is expected
    assert both(THREE, {}) is None


@pytest.mark.parametrize(
    ("start", "day"),
    [(date(2024, 1, 1), date(2027, 1, 1)), (date(2024, 1, 2), date(2028, 1, 1))],
)
def test_the_day_it_will_hold_is_a_first_of_january(start: date, day: date) -> None:
    """Waiting is enough, and until then it is not."""
    assert THREE.holds_from(start) == day
    assert THREE.latest_start(day) >= start > THREE.latest_start(date(day.year - 1, 12, 31))


def test_both_are_read_and_said() -> None:
    """The sentence names the years that are meant."""
    told = "{fact: rd_expense, years: -2..-1, take: sum, at_least: 300 元}"
    since = "{years_since: market_segment_since, at_least: 3 年, at: last_year_end}"
    words = Words(WORDS, {}, ON)

    assert read(told) == rd("sum", 30_000)
    assert words.condition(read(told)) == "2024年至2025年合计研发费用（审计报告）不低于300元"
    assert read(since) == THREE
    assert words.condition(read(since)) == "自开始从事特定细分市场的日期起至上年末满3年"


@pytest.mark.parametrize(
    "text",
    [
        "{fact: rd_expense, years: -1..-2, take: sum, at_least: 300 元}",
        "{fact: rd_expense, years: 2024..2025, take: sum, at_least: 300 元}",
        "{fact: rd_expense, years: -2..-1, at_least: 300 元}",
        "{fact: power_use, years: -2..-1, take: sum, at_least: 3 千瓦时}",
        "{years_since: market_segment_since, at_least: 3 年, at: today}",
    ],
)
def test_spans_that_cannot_be_meant_are_refused(text: str) -> None:
    """Turned round, absolute, without what to take, of another period, or at another day."""
    with pytest.raises(Unreadable):
        read(text)


def read(text: str) -> Condition:
    """Read one condition."""
    tree = read_tree(text, "test.yml")
    assert isinstance(tree, Block)
    return read_condition(Reader("test.yml", WORDS, frozenset()), tree, "condition")


def mean_growth(limit_bp: int) -> Growth:
    """Give a limit on the mean of the last two yearly growths."""
    now, through, before = (Value("main_revenue", year) for year in ("-1", "-2", "-3"))
    return Growth(now=now, through=through, before=before, operator="at_least", limit_bp=limit_bp)


@pytest.mark.parametrize(
    ("years", "limit_bp", "expected"),
    [
        # 100 to 120 to 108: +20 % and -10 % are 5 % on average, however little a compound rate would give.
        (("100", "120", "108"), 500, True),
        (("100", "120", "108"), 501, False),
        (("100", "120", "107.99"), 500, False),
        (("90000000000000", "90000000000000", "99000000000000"), 500, True),
        (("90000000000000", "90000000000000", "98999999999999.99"), 500, False),
        (("100", "50", "-10"), -8500, True),
        (("100", "50", "-10"), -8499, False),
        (("0", "120", "108"), 500, None),
        (("100", "0", "108"), 500, None),
        (("-100", "120", "108"), 500, None),
    ],
)
def test_the_mean_of_two_growths_is_tested_exactly(
    years: tuple[str, str, str], limit_bp: int, *, expected: bool | None
) -> None:
    """A 分 below the limit misses it, with sums near the largest a column holds."""
    told: dict[str, str | None] = {
        f"main_revenue@{year}": f"{said} 元"
        for year, said in zip((2023, 2024, 2025), years, strict=True)
    }

    assert both(mean_growth(limit_bp), told) is expected


def test_the_mean_growth_is_read_and_said() -> None:
    """It names the three years; another fact between, or a number of years besides, is refused."""
    three = (
        "growth: {fact: main_revenue, year: -1}, through: {fact: main_revenue, year: -2},"
        " over: {fact: main_revenue, year: -3}, at_least: 5 %"
    )

    assert read(f"{{{three}}}") == mean_growth(500)
    assert Words(WORDS, {}, ON).condition(mean_growth(500)) == (
        "2025年主营业务收入、2024年主营业务收入、2023年主营业务收入的两年平均增长率不低于5%"
    )
    for wrong in (f"{{{three}, years: 2}}", f"{{{three.replace('main', 'annual', 1)}}}"):
        with pytest.raises(Unreadable):
            read(wrong)
