"""Tables of profiles with anything in any cell: what cannot be read is named, the rest is judged."""

from datetime import date, datetime
from random import Random

import polars as pl

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.ground import Ground
from matching.engine.match import verdicts
from matching.engine.population import refused_values
from matching.engine.profile_table import population_of_table
from matching.engine.profile_text import ProfileTextError, population_of_texts
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from tests.matching.language.damage import NUMBERS, SCALARS, SIGNS, TAGS

CATALOGUE = shipped_catalogue()
WORDS = CATALOGUE.vocabulary
DAY = date(2026, 9, 30)
TABLES, ROWS = 200, 6
GIVEN = [
    pair
    for item in CATALOGUE.items
    for example in item.examples
    for pair in {**item.background, **example.given}.items()
]
HEADERS = (
    *sorted({column for column, _ in GIVEN}),
    *(f"{said}:{rest}" for said in ("paid", "used", "parent", "member", "claimed", "owed", "")
      for rest in ("", "P13", "little_giant", "paid:P13", "hires", "x@2025")),
    *("relations", "uses", "enterprise_id", "企业名称", "name", "enterprise", "", " ", "@", "[万元]"),
    *("annual_revenue@2025 [万元]", "annual_revenue@2025 [", "annual_revenue@2025 [人]", "a@b@c"),
    *("annual_revenue@-1", "annual_revenue@9999", "employees@2025 [人]", "status@2025", "\ud7ff"),
)  # fmt: skip
TYPED: tuple[tuple[pl.DataType, tuple[object, ...]], ...] = (
    (pl.Int64(), (0, -1, 2**63 - 1)),
    (pl.UInt64(), (0, 2**64 - 1, None)),
    (pl.Int8(), (1, None, -128)),
    (pl.Float64(), (0.1, float("nan"), float("inf"))),
    (pl.Boolean(), (True, None, False)),
    (pl.Date(), (date(1, 1, 1), date(9999, 12, 31), None)),
    (pl.Datetime(), (datetime(2026, 1, 1), None)),  # noqa: DTZ001  as spreadsheets have it
    (pl.Null(), (None,)),
    (pl.List(pl.Int64()), ([1], [], None)),
    (pl.Binary(), (b"\xff", b"", None)),
    (pl.Categorical(), ("active", "存续", None)),
)


def cell(dice: Random) -> str | None:
    """Give what stands in one cell: another's value, a strange one, or a value with a sign put in."""
    good = dice.choice(GIVEN)[1] or ""
    place = dice.randrange(len(good) + 1)
    readable = [sign for sign in SIGNS if not "\ud800" <= sign <= "\udfff"]
    spoilt = good[:place] + dice.choice(readable) + good[place:]
    return dice.choice(
        (good, good, spoilt, dice.choice(NUMBERS), dice.choice(SCALARS), dice.choice(TAGS), None)
    )


def refusal(row: dict[str, str | None]) -> ProfileTextError | None:
    try:
        population_of_texts([row], WORDS)
    except ProfileTextError as wrong:
        return wrong
    return None


def column(dice: Random) -> pl.Series:
    if dice.random() < 0.2:
        kind, values = dice.choice(TYPED)
        return pl.Series([dice.choice(values) for _ in range(ROWS)], dtype=kind)
    return pl.Series([cell(dice) for _ in range(ROWS)], dtype=pl.String())


def tables() -> list[pl.DataFrame]:
    dice = Random(20260930)  # noqa: S311  no secret
    return [
        pl.DataFrame([column(dice).alias(name) for name in dice.sample(sorted(set(HEADERS)), 10)])
        for _ in range(TABLES)
    ]


def test_a_table_with_anything_in_it_is_read_and_what_cannot_be_is_named() -> None:
    bad, known = 0, 0
    for place, table in enumerate(tables()):
        read = population_of_table(table, WORDS)
        assert read.population.frame.height == len(read.names) == ROWS
        assert all(0 <= cell.row <= ROWS and cell.problem for cell in read.bad)
        refused_values(read.population.frame, WORDS)
        bad += len(read.bad)
        known += sum(len(column) - column.null_count() for column in read.population.frame)
        if place % 20 == 0:
            ground = Ground(read.population, WORDS, CATALOGUE.definitions, DAY)
            codes = verdicts(CATALOGUE.items, ground, DAY).drop("enterprise_id")
            assert {code for column in codes for code in column} <= {MET, UNMET, OPEN, PERSON}
    assert bad > 5 * TABLES
    assert known > TABLES * ROWS


def test_profiles_with_anything_in_them_are_read_or_refused_by_their_column() -> None:
    dice = Random(7)  # noqa: S311  no secret
    rows = [{dice.choice(HEADERS): cell(dice) for _ in range(3)} for _ in range(2_000)]
    found = [refusal(row) for row in rows]
    refused = [(row, wrong) for row, wrong in zip(rows, found, strict=True) if wrong is not None]
    assert all(wrong.column in row and wrong.what for row, wrong in refused)
    assert 500 < len(refused) < len(rows)
