"""What may not become a population: each trap is refused at the door, all at once and by name."""

from datetime import date

import polars as pl
import pytest

from matching.engine.ground import Ground
from matching.engine.match import verdicts
from matching.engine.population import (
    EVIDENCE_COLUMNS,
    MEMBERSHIP_COLUMNS,
    RELATION_COLUMNS,
    USE_COLUMNS,
    Population,
    PopulationRefused,
    refused_ledgers,
    refused_values,
)
from matching.language.conditions import Listed, OneOf
from tests.matching.engine.small_world import DAY, VOCABULARY, item_of

GOOD = pl.DataFrame(
    {
        "enterprise_id": [1, 2, 5],
        "revenue@2025": [0, None, 9 * 10**18],
        "direct": [True, None, False],
        "registered_on": [date(2020, 1, 1), None, None],
        "status": ["active", None, "revoked"],
        "industry": ["C3489", "C", None],
    }
)


def test_columns_of_the_right_kinds_pass() -> None:
    refused_values(GOOD, VOCABULARY)
    coded = GOOD.with_columns(pl.col("status").cast(pl.Enum(["active", "revoked"])))
    refused_values(coded, VOCABULARY)
    refused_values(GOOD.with_columns(pl.col("industry").cast(pl.Categorical)), VOCABULARY)


@pytest.mark.parametrize(
    ("column", "named"),
    [
        pytest.param(pl.Series("revenue@2025", [1.5, None, 2.0]), "小数", id="a float column"),
        pytest.param(pl.Series("revenue@2025", [float("nan"), 1.0, 2.0]), "NaN", id="NaN"),
        pytest.param(pl.Series("revenue@2025", ["1", "2", "3"]), "String", id="text for money"),
        pytest.param(
            pl.Series("revenue@2025", [1, 2, 3], dtype=pl.Int32), "Int32", id="narrow numbers"
        ),
        pytest.param(pl.Series("direct", [0, 1, 0]), "Int64", id="numbers for a flag"),
        pytest.param(
            pl.Series("registered_on", ["2020-01-01"] * 3), "String", id="text for a date"
        ),
        pytest.param(
            pl.Series("turnover@2025", [1, 2, 3]), "turnover", id="a fact nobody declared"
        ),
        pytest.param(pl.Series("revenue", [1, 2, 3]), "期间", id="a yearly fact without a year"),
        pytest.param(
            pl.Series("revenue@2025-Q1", [1, 2, 3]), "期间", id="a period of another kind"
        ),
        pytest.param(pl.Series("status@2025", ["active"] * 3), "期间", id="a period too many"),
        pytest.param(pl.Series("giant", [True] * 3), "名录", id="a list as a column"),
        pytest.param(pl.Series("hires", [1, 2, 3]), "evidence", id="items as a column"),
        pytest.param(pl.Series("status", ["存续"] * 3), "存续", id="a label instead of its code"),
    ],
)
def test_a_wrong_column_is_refused_by_name(column: pl.Series, named: str) -> None:
    with pytest.raises(PopulationRefused, match=named) as refused:
        refused_values(GOOD.select("enterprise_id").with_columns(column), VOCABULARY)

    assert column.name in str(refused.value)


@pytest.mark.parametrize(
    ("ids", "named"),
    [
        pytest.param(pl.Series([1, 1, 2]), "两行", id="twice the same"),
        pytest.param(pl.Series([2, 1, 3]), "升序", id="not ascending"),
        pytest.param(pl.Series([1, None, 3]), "空值", id="without number"),
        pytest.param(pl.Series(["1", "2", "3"]), "Int64", id="as text"),
        pytest.param(pl.Series([1, 2, 3], dtype=pl.UInt32), "Int64", id="of another width"),
    ],
)
def test_wrong_enterprise_ids_are_refused(ids: pl.Series, named: str) -> None:
    with pytest.raises(PopulationRefused, match=named):
        refused_values(ids.alias("enterprise_id").to_frame(), VOCABULARY)


def test_every_problem_is_named_not_only_the_first() -> None:
    frame = pl.DataFrame({"revenue@2025": [1.0], "turnover": [1]})

    with pytest.raises(PopulationRefused) as refused:
        refused_values(frame, VOCABULARY)
    assert len(refused.value.problems) == 3


TIES = pl.DataFrame([(1, 2, "parent")], schema=RELATION_COLUMNS, orient="row")
CLAIMS = pl.DataFrame([(1, "hires", "a", None)], schema=EVIDENCE_COLUMNS, orient="row")
USES = pl.DataFrame([("person", "a", "P33")], schema=USE_COLUMNS, orient="row")


def test_good_ties_evidence_and_uses_are_taken() -> None:
    population = Population(frame=GOOD, relations=TIES, evidence=CLAIMS, uses=USES)

    refused_ledgers(population, VOCABULARY)


@pytest.mark.parametrize(
    ("frames", "named"),
    [
        pytest.param({"relations": TIES.with_columns(role=pl.lit("aunt"))}, "aunt", id="a role"),
        pytest.param({"relations": TIES.with_columns(other_id="enterprise_id")}, "自己", id="its own parent"),
        pytest.param({"relations": TIES.drop("role")}, "role", id="a column short"),
        pytest.param({"evidence": CLAIMS.with_columns(key=pl.lit(None, pl.String))}, "key", id="no key"),
        pytest.param({"evidence": CLAIMS.with_columns(fact=pl.lit("staff"))}, "staff", id="no such items"),
        pytest.param({"evidence": pl.concat([CLAIMS, CLAIMS])}, "两笔", id="an item twice"),
        pytest.param({"uses": USES.with_columns(ledger=pl.lit("house"))}, "house", id="a ledger"),
        pytest.param({"uses": USES.with_columns(key=1)}, "key", id="a number for a key"),
    ],
)  # fmt: skip
def test_wrong_ties_evidence_and_uses_are_refused(
    frames: dict[str, pl.DataFrame], named: str
) -> None:
    with pytest.raises(PopulationRefused, match=named):
        refused_ledgers(Population(frame=GOOD, **frames), VOCABULARY)


def test_codes_may_come_as_text_or_as_categories() -> None:
    condition = item_of(OneOf(fact="industry", codes=("C34",)))
    kinds = (pl.String(), pl.Categorical(), pl.Enum(["I", "C3489", "C"]))

    for kind in kinds:
        frame = GOOD.select("enterprise_id", pl.col("industry").cast(kind))
        ground = Ground(Population(frame=frame), VOCABULARY, {})
        assert verdicts([condition], ground, DAY)["made"].to_list() == [1, 2, 2]


def test_entries_of_whoever_is_not_in_the_population_count_for_nobody() -> None:
    entries = pl.DataFrame(
        [
            {"enterprise_id": number, "list": "register", "from_on": date(2020, 1, 1)}
            for number in (0, 2, 3, 4, 9)
        ],
        schema=MEMBERSHIP_COLUMNS,
    )
    population = Population(
        frame=GOOD.select("enterprise_id"), memberships=entries, coverage={"register": DAY}
    )
    ground = Ground(population, VOCABULARY, {})

    assert verdicts([item_of(Listed(list="register"))], ground, DAY)["made"].to_list() == [0, 1, 0]


def test_part_of_a_population_knows_the_same_of_its_enterprises() -> None:
    population = Population(frame=GOOD, coverage={"register": DAY})
    part = population.only(pl.Series([2, 5, 77]))

    assert part.frame["enterprise_id"].to_list() == [2, 5]
    assert part.coverage == population.coverage
