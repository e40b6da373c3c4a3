"""The shipped sheets, read by the import, say exactly what the city knows: the mess costs nothing but spoilt codes."""

from datetime import date

import polars as pl
import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.vocabulary import fact_of_column
from registry.demo.city import FIRST_MONTH, SECOND_MONTH, City, make_city
from registry.demo.facts import city_facts
from registry.demo.list_sheets import UNKNOWN_NAME
from registry.demo.write_sheets import AWARDS, SHIPPED_SHEETS
from registry.imports.load_layouts import load_layouts
from registry.imports.take_in import GivenFile, sheet_in
from registry.imports.types import CleanSheet

ENTRY = ["uscc", "list", "level", "batch", "document", "from_on", "until_on", "left_on"]
SPOILT = "统一社会信用代码", "纳税人识别号"


@pytest.fixture(scope="module")
def city() -> City:
    """The shipped city."""
    return make_city()


@pytest.fixture(scope="module")
def read() -> dict[str, list[CleanSheet]]:
    """The sheets of each month as the import reads them."""
    vocabulary = shipped_vocabulary()
    layouts = load_layouts(vocabulary)

    def sheets(month: str) -> list[CleanSheet]:
        files = [
            GivenFile(
                name=path.name,
                data=path.read_bytes(),
                observed_on=None,
                received_on=date(2026, 11, 2),
            )
            for path in sorted((SHIPPED_SHEETS / month).iterdir())
        ]
        return [sheet_in(given, layouts, vocabulary) for given in files]

    return {month: sheets(month) for month in (FIRST_MONTH, SECOND_MONTH)}


def told(sheets: list[CleanSheet], value: str) -> pl.DataFrame:
    """Give uscc, department, fact, period and the value of every cell that says a fact."""
    parts = []
    for sheet in sheets:
        wide = sheet.numbers if value == "number" else sheet.texts
        for column in set(wide.columns) - {"row"}:
            fact, period = fact_of_column(column)
            said = wide.select("row", pl.col(column).alias(value)).drop_nulls()
            parts.append(
                said.join(sheet.rows, on="row").select(
                    "uscc",
                    pl.lit(sheet.layout.department).alias("department"),
                    pl.lit(fact).alias("fact"),
                    pl.lit(period, dtype=pl.String).alias("period"),
                    value,
                )
            )
    return pl.concat(parts)


@pytest.mark.parametrize("month", [FIRST_MONTH, SECOND_MONTH])
def test_only_spoilt_codes_are_refused(read: dict[str, list[CleanSheet]], month: str) -> None:
    refused = [refusal for sheet in read[month] for refusal in sheet.refused]

    assert refused
    assert {refusal.header for refusal in refused} <= set(SPOILT)


@pytest.mark.parametrize("month", [FIRST_MONTH, SECOND_MONTH])
@pytest.mark.parametrize("value", ["number", "text"])
def test_every_fact_of_the_city_stands_in_a_sheet(
    city: City, read: dict[str, list[CleanSheet]], month: str, value: str
) -> None:
    facts = city_facts(city, month).facts.filter(pl.col(value).is_not_null())
    known = facts.with_columns(pl.col("department", "fact", "period").cast(pl.String))
    said = told(read[month], value)
    spoilt = said["uscc"].is_null()

    keys = ["uscc", "department", "fact", "period", value]
    lost = known.select(keys).join(said, on=keys, how="anti", nulls_equal=True)
    invented = said.filter(~spoilt).join(known, on=keys, how="anti", nulls_equal=True)

    assert invented.is_empty()
    assert lost.height == spoilt.sum()


@pytest.mark.parametrize("month", [FIRST_MONTH, SECOND_MONTH])
def test_every_entry_of_the_city_stands_in_a_sheet(
    city: City, read: dict[str, list[CleanSheet]], month: str
) -> None:
    known = city_facts(city, month)
    said = pl.concat(
        sheet.memberships.join(sheet.rows, on="row").select(ENTRY) for sheet in read[month]
    )
    codes = said["uscc"].is_not_null()

    lost = known.memberships.join(said, on=ENTRY, how="anti", nulls_equal=True)

    assert (
        said.filter(codes)
        .join(known.memberships, on=ENTRY, how="anti", nulls_equal=True)
        .is_empty()
    )
    assert lost.height == (~codes).sum()
    assert {name for sheet in read[month] for name in sheet.covered} == known.coverage.keys()


def test_every_relation_stands_in_its_sheet(city: City, read: dict[str, list[CleanSheet]]) -> None:
    (sheet,) = (one for one in read[FIRST_MONTH] if one.layout.relations)
    known = city_facts(city, FIRST_MONTH).relations
    codes = city.months[FIRST_MONTH].market.select("row", "uscc")
    said = sheet.relations.join(sheet.rows, on="row").select(
        "uscc", "other_uscc", "relation", "share"
    )

    assert sheet.covered == ("relations",)
    assert said.sort("uscc", "other_uscc").equals(
        known.join(codes, on="row")
        .join(codes.rename({"row": "other_row", "uscc": "other_uscc"}), on="other_row")
        .select("uscc", "other_uscc", "relation", share="share_bp")
        .sort("uscc", "other_uscc")
    )


def test_every_award_stands_in_the_ledger_under_a_name(
    city: City, read: dict[str, list[CleanSheet]]
) -> None:
    ledger = next(sheet for sheet in read[FIRST_MONTH] if sheet.grid.file_name == AWARDS)
    said = ledger.awards.join(ledger.rows, on="row")
    awards = city.months[FIRST_MONTH].awards
    assert awards is not None

    amounts = ["family", "amount_cents", "paid_on"]
    assert (
        said.filter(pl.col("name") != UNKNOWN_NAME)
        .select(amounts)
        .sort(amounts)
        .equals(awards.select(amounts).sort(amounts))
    )
    assert said.height == awards.height + 1


def test_every_record_stands_in_its_ledger_field_by_field(
    city: City, read: dict[str, list[CleanSheet]]
) -> None:
    sent = city.months[FIRST_MONTH].records
    sheets = {one.layout.records: one for one in read[FIRST_MONTH] if one.layout.records}

    assert sheets.keys() == sent.keys()
    for ledger, rows in sent.items():
        said = sheets[ledger].records.join(sheets[ledger].rows.select("row", "uscc"), on="row")
        columns = [name for name in rows.columns if name not in {"row", "name"}]
        assert said.select(columns).equals(rows.select(columns)), ledger
        assert rows["number"].is_unique().all()
