"""Figures derived from ledgers of records: at each limit of the shipped ones, in columns and one by one."""

from datetime import date

import msgspec
import polars as pl
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.engine.columns import Columns
from matching.engine.population import Population
from matching.engine.profile_table import population_of_table
from matching.engine.profile_text import ProfileTextError, population_of_texts
from matching.engine.records import wrong_records
from matching.engine.single.known import known_of
from matching.engine.single.quantities import measured
from matching.language.quantities import Value
from matching.language.records import Derived, RowTest, wrong_with_derived

ON = date(2026, 5, 1)
WORDS = shipped_vocabulary()
IP = "kind=发明专利,main_product=yes,applied=yes,origin=自主研发,holder_rank=3 位"
OLD_TRANSFER = "kind=发明专利,main_product=yes,origin=转让取得,transferred_on=2025-05-01"
EQUITY = "paid_in=500 万元,paid_on=2024-05-01,qualified=yes,stake_sold=30 %"
PRIZE = "kind=科技奖励,level=省级,rank=3 名,certificate_on=2023-05-01"

CASES = [
    ("class_one_ip_2026", "none", 0),
    ("class_one_ip_2026", IP, 1),
    ("class_one_ip_2026", f"{IP};{IP}", 2),
    ("class_one_ip_2026", IP.replace("发明专利", "国家一级中药保护品种"), 1),
    ("class_one_ip_2026", IP.replace("发明专利", "实用新型"), 0),
    ("class_one_ip_2026", IP.replace("=3 位", "=4 位"), 0),
    ("class_one_ip_2026", IP.replace("applied=yes", "applied=no"), 0),
    ("class_one_ip_2026", IP.replace("main_product=yes", "main_product=no"), 0),
    ("class_one_ip_2026", IP.replace("自主研发", "合并取得"), 0),
    ("class_one_ip_2026", IP.replace(",applied=yes", ""), None),
    ("class_one_ip_2026", IP.replace(",applied=yes", "").replace("=3 位", "=4 位"), 0),
    ("class_one_ip_2026_merger", IP.replace("自主研发", "合并取得"), 1),
    ("class_one_ip_2026_merger", IP.replace("自主研发", "转让取得"), 0),
    ("class_one_ip", OLD_TRANSFER, 1),
    ("class_one_ip", OLD_TRANSFER.replace("2025-05-01", "2025-05-02"), 0),
    ("class_one_ip", OLD_TRANSFER.replace(",transferred_on=2025-05-01", ""), None),
    ("class_one_ip", "kind=发明专利,main_product=yes,origin=合并取得", 1),
    ("class_one_ip_applied", f"{OLD_TRANSFER},applied=yes", 1),
    ("class_one_ip_applied", f"{OLD_TRANSFER},applied=no", 0),
    ("class_one_ip_own", OLD_TRANSFER, 0),
    ("class_one_ip_own", IP, 1),
    ("class_one_ip_high_value", f"{IP},high_value=yes", 1),
    ("class_one_ip_high_value", f"{IP},high_value=no", 0),
    ("class_two_ip", "kind=软件著作权,main_product=yes,origin=自主研发", 1),
    ("class_two_ip", "kind=实用新型,main_product=yes,origin=自主研发,granted_on=2024-04-30", 1),
    ("class_two_ip", "kind=实用新型,main_product=yes,origin=自主研发,granted_on=2024-05-01", 0),
    ("class_two_ip", "kind=实用新型,main_product=yes,origin=自主研发", None),
    ("class_one_ip_tech_sme", "kind=发明专利,main_product=yes", 1),
    ("class_two_ip_tech_sme", "kind=外观设计,main_product=yes", 1),
    ("class_two_ip_tech_sme", "kind=发明专利,main_product=yes", 0),
    ("equity_two_years", EQUITY, 500_000_000),
    ("equity_two_years", EQUITY.replace("2024-05-01", "2024-04-30"), 0),
    ("equity_two_years", EQUITY.replace("2024-05-01", "2026-05-02"), 0),
    ("equity_two_years", EQUITY.replace("30 %", "30.01 %"), 0),
    ("equity_two_years", EQUITY.replace("=yes", "=no"), 0),
    ("equity_two_years", EQUITY.replace("paid_in=500 万元,", ""), None),
    ("equity_three_years", EQUITY.replace("2024-05-01", "2023-05-01"), 500_000_000),
    ("equity_three_years", EQUITY.replace("2024-05-01", "2023-04-30"), 0),
    ("science_prizes", PRIZE, 1),
    ("science_prizes", PRIZE.replace("2023-05-01", "2023-04-30"), 0),
    ("science_prizes", PRIZE.replace("省级", "市级"), 0),
    ("science_prizes_top_three", PRIZE, 1),
    ("science_prizes_top_three", PRIZE.replace("=3 名", "=4 名"), 0),
    ("national_prizes_top_three", PRIZE, 0),
    ("national_prizes_top_three", PRIZE.replace("省级", "国家级"), 1),
    ("national_prizes_top_five", PRIZE.replace("省级,rank=3", "国家级,rank=5"), 1),
    ("national_prizes_top_five", PRIZE.replace("省级,rank=3", "国家级,rank=6"), 0),
    (
        "national_prizes_top_three_five_years",
        PRIZE.replace("省级", "国家级").replace("2023", "2021"),
        1,
    ),
    (
        "makers_top_fifty",
        "kind=创客中国企业组,level=国家级,rank=50 名,certificate_on=2025-01-01",
        1,
    ),
    (
        "makers_top_fifty",
        "kind=创客中国企业组,level=国家级,rank=51 名,certificate_on=2025-01-01",
        0,
    ),
    (
        "makers_top_five_hundred",
        "kind=创客中国企业组,level=国家级,rank=500 名,certificate_on=2025-01-01",
        1,
    ),
    (
        "makers_top_five_hundred",
        "kind=科技奖励,level=国家级,rank=1 名,certificate_on=2025-01-01",
        0,
    ),
]


def in_columns(population: Population, fact: str) -> int | None:
    """Give the figure of the first enterprise over columns."""
    columns = Columns(population, WORDS)
    number = columns.number_on(fact, ON).expr
    figure = columns.frame.select(figure=number)["figure"][0]
    return None if figure is None else int(figure)


def alone(population: Population, fact: str) -> int | None:
    """Give the same figure for one enterprise by itself."""
    found = measured(Value(fact), ON, known_of(population, WORDS))
    return None if found is None else found[0]


@pytest.mark.parametrize(("fact", "text", "expected"), CASES)
def test_a_derived_figure_counts_the_rows_that_pass(
    fact: str, text: str, expected: int | None
) -> None:
    """A row that may or may not pass leaves the figure unknown, never smaller."""
    derived = WORDS.facts[fact].derived
    assert derived is not None
    population = population_of_texts([{derived.ledger: text}], WORDS)

    assert in_columns(population, fact) == expected
    assert alone(population, fact) == expected


def test_a_ledger_nobody_told_leaves_the_figure_unknown() -> None:
    """Nor is it nought where only another enterprise's ledger is known."""
    population = population_of_texts([{"place": "金昌市"}, {"prizes": "none"}], WORDS)

    assert in_columns(population, "science_prizes") is None
    assert alone(population, "science_prizes") is None


def test_a_figure_told_as_such_comes_before_the_ledger() -> None:
    """What a department or a sheet says of the figure itself stands."""
    told = {"class_one_ip": "4 件", "intellectual_property": "none"}
    population = population_of_texts([told], WORDS)

    assert in_columns(population, "class_one_ip") == 4
    assert alone(population, "class_one_ip") == 4


def test_a_whole_ledger_answers_for_enterprises_without_a_row() -> None:
    """Coverage works as for lists."""
    bare = population_of_texts([{"place": "金昌市"}], WORDS)
    covered = msgspec.structs.replace(bare, coverage={"prizes": ON})

    assert in_columns(covered, "science_prizes") == 0
    assert alone(covered, "science_prizes") == 0


def test_a_table_reads_ledgers_as_profiles_do() -> None:
    """The same text in two rows is two enterprises' records."""
    table = population_of_table(pl.DataFrame({"prizes": [PRIZE, None, PRIZE]}), WORDS)
    columns = Columns(table.population, WORDS)
    number = columns.number_on("science_prizes", ON).expr
    figures = columns.frame.select(figure=number)

    assert table.bad == ()
    assert figures["figure"].to_list() == [1, None, 1]
    assert not list(wrong_records(table.population.records, WORDS.records))


@pytest.mark.parametrize(
    ("text", "said"),
    [("kind=专利", "专利"), ("patent=yes", "patent"), ("applied=也许", "也许"), ("kind", "kind")],
)
def test_a_row_that_cannot_be_read_is_refused(text: str, said: str) -> None:
    """The message names the word and what may stand there."""
    with pytest.raises(ProfileTextError, match=said):
        population_of_texts([{"intellectual_property": text}], WORDS)


def test_frames_nobody_declared_are_named() -> None:
    """A ledger, a column and a word that are not in facts.yml."""
    good = population_of_texts([{"prizes": PRIZE}], WORDS).records["prizes"]
    strange = good.with_columns(kind=pl.lit("medal"))

    assert list(wrong_records({"medals": good}, WORDS.records))
    assert list(wrong_records({"equity": good}, WORDS.records))
    assert list(wrong_records({"prizes": strange}, WORDS.records))


@pytest.mark.parametrize(
    "derived",
    [
        Derived(ledger="medals", where=()),
        Derived(ledger="prizes", where=(RowTest(field="size", at_least=1),)),
        Derived(ledger="prizes", where=(RowTest(field="rank", at_least=1, at_most=3),)),
        Derived(ledger="prizes", where=(RowTest(field="rank", within_years=1),)),
        Derived(ledger="prizes", where=(RowTest(field="kind", one_of=("medal",)),)),
        Derived(ledger="prizes", where=(), total="rank"),
    ],
)
def test_a_figure_that_cannot_be_computed_is_refused(derived: Derived) -> None:
    """Before anything is computed by it."""
    assert wrong_with_derived(derived, "number", WORDS.records)
