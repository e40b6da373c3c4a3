"""Small worlds for tests: sheets that are already taken in, and catalogues of a few items."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue, build_catalogue
from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.vocabulary import fact_of_column
from matching.storage.bulk import insert_rows
from matching.storage.database import engine, engine_kind
from registry.enterprises.tables import Enterprise, EnterpriseContact
from registry.imports.tables import Import
from registry.profiles.tables import (
    Award,
    EvidenceClaim,
    EvidenceUse,
    FactValue,
    ListCoverage,
    Membership,
    RecordEntry,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
Value = int | bool | str | date


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An enterprise on a list."""

    enterprise: int
    list: str
    level: str | None = None
    batch: str | None = None
    since: date | None = None
    until: date | None = None
    left: date | None = None


class Paid(msgspec.Struct, frozen=True, kw_only=True):
    """A payment in the ledger."""

    enterprise: int
    family: str
    cents: int | None = None
    on: date | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """An evidence item an enterprise brings forward."""

    enterprise: int
    fact: str
    key: str
    cents: int | None = None


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """An evidence item that an award has used up."""

    ledger: str
    key: str
    family: str


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a ledger of records; a field that is not here is not known."""

    enterprise: int
    ledger: str
    number: str
    fields: Mapping[str, Value] = {}


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One file of one department, as it stands in the tables once it was taken in.

    newcomers  enterprises it is the first to name.
    facts      enterprise to column (annual_revenue@2025) to stored value.
    whole      lists, or "awards", it gives completely.
    """

    number: int
    department: str
    observed_on: date
    recorded_at: datetime
    newcomers: Sequence[int] = ()
    facts: Mapping[int, Mapping[str, Value]] = {}
    entries: Sequence[Entry] = ()
    whole: Sequence[str] = ()
    paid: Sequence[Paid] = ()
    claims: Sequence[Claim] = ()
    uses: Sequence[Use] = ()
    records: Sequence[Kept] = ()


def at(month: int, day: int, hour: int = 9, *, year: int = 2026) -> datetime:
    """Give a moment in the city's time zone."""
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


async def take_in(*sheets: Sheet) -> None:
    """Put sheets into the tables, each under its number."""
    for sheet in sheets:
        async with engine().transaction():
            await _take_in(sheet)
    if engine_kind(engine()) == "postgres":
        # What the code adds next gets a number after the ones given here.
        for table in ("import", "enterprise"):
            await Import.raw(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(max(id), 1))"  # noqa: S608  our own names
                f" FROM {table}"
            )


async def _take_in(sheet: Sheet) -> None:
    number = sheet.number
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    file = (number, f"{number}.xlsx", digest, "layout", sheet.department)
    when = (sheet.observed_on, sheet.recorded_at, 1, 1, 0)
    await insert_rows(
        Import,
        ("id", "file_name", "sha256", "layout", "department", "observed_on", "recorded_at",
         "rows_read", "rows_taken", "rows_refused"),
        [(*file, *when)],
    )  # fmt: skip
    await insert_rows(
        Enterprise,
        ("id", "uscc", "name", "name_key", "created_import"),
        [(one, f"91410100MAXX{one:06d}", f"企业{one}", f"企业{one}", number) for one in sheet.newcomers],
    )  # fmt: skip
    await insert_rows(
        FactValue,
        ("enterprise_id", "fact", "period", "number", "text", "observed_on", "import_id"),
        [
            (enterprise, *fact_of_column(column), *_stored(value), sheet.observed_on, number)
            for enterprise, said in sheet.facts.items()
            for column, value in said.items()
        ],
    )
    await insert_rows(
        Membership,
        ("enterprise_id", "list", "level", "batch", "from_on", "until_on", "left_on", "import_id"),
        [
            (e.enterprise, e.list, e.level, e.batch, e.since, e.until, e.left, number)
            for e in sheet.entries
        ],
    )
    await insert_rows(
        Award,
        ("enterprise_id", "family", "amount_cents", "paid_on", "import_id"),
        [(p.enterprise, p.family, p.cents, p.on, number) for p in sheet.paid],
    )
    await insert_rows(
        EvidenceClaim,
        ("enterprise_id", "fact", "key", "amount_cents", "import_id"),
        [(c.enterprise, c.fact, c.key, c.cents, number) for c in sheet.claims],
    )
    await insert_rows(
        EvidenceUse,
        ("enterprise_id", "ledger", "key", "family", "import_id"),
        [(None, u.ledger, u.key, u.family, number) for u in sheet.uses],
    )
    await insert_rows(
        RecordEntry,
        ("enterprise_id", "ledger", "number", "fields", "import_id"),
        [
            (r.enterprise, r.ledger, r.number, msgspec.json.encode(r.fields).decode(), number)
            for r in sheet.records
        ],
    )
    await insert_rows(
        ListCoverage,
        ("import_id", "list", "complete_on"),
        [(number, key, sheet.observed_on) for key in sheet.whole],
    )


def _stored(value: Value) -> tuple[int | None, str | None]:
    if isinstance(value, int):
        return int(value), None
    return None, value.isoformat() if isinstance(value, date) else value


async def give_addresses(addresses: Mapping[int, str], number: int = 1) -> None:
    """Give enterprises an e-mail address, as an import would."""
    await insert_rows(
        EnterpriseContact,
        ("enterprise_id", "channel", "address", "import_id"),
        [(enterprise, "email", address, number) for enterprise, address in addresses.items()],
    )


DEFINITIONS = "active: {fact: status, one_of: [active]}"
ITEM = """\
id: {id}
policy: P00
title: {title}
version: "1"
mark: verified
status: published
document: {{number: 测试〔2026〕1号, issuer: 测试单位, article: 第一条, source: 测试}}
department: industry
phone: 0371-12345678
area: {area}
valid: {{from: {since}, until: {until}}}
repeat: yearly
condition: {condition}
amount: {amount}
{more}
examples:
  - {{name: 符合, expect: met}}
  - {{name: 不符合, expect: unmet}}
"""


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """What a test says of an item; all else of it is made up. `more`: further lines of the file."""

    condition: str
    amount: str = "{fixed: 10 万元}"
    title: str = "测试奖励"
    area: str = "郑州市"
    since: str = "2020-01-01"
    until: str = "2030-12-31"
    more: str = ""


def catalogue_of(clauses: Mapping[str, Clause]) -> Catalogue:
    """Make a catalogue in the shipped words out of item ids and clauses in flow YAML."""
    files = {f"items/{key}.yml": item_text(key, clause) for key, clause in clauses.items()}
    return build_catalogue({"definitions.yml": DEFINITIONS, **files}, shipped_vocabulary())


def item_text(key: str, clause: Clause) -> str:
    """Write an item file."""
    return ITEM.format(id=key, **msgspec.structs.asdict(clause))


def rows(frame: pl.DataFrame, *columns: str) -> set[tuple[object, ...]]:
    """Give some columns of a frame as a set of rows."""
    return set(frame.select(*columns).iter_rows())


def money(wan: float) -> int:
    """Give 万元 in 分."""
    return round(wan * 1_000_000)
