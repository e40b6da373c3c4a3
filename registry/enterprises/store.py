"""The queries on enterprises, their names and contacts."""

from datetime import date

import msgspec
import polars as pl

from matching.storage.bulk import insert_rows, next_ids
from matching.storage.database import engine, engine_kind
from matching.storage.read import read_frame
from registry.enterprises.tables import Enterprise, EnterpriseContact, EnterpriseName
from registry.enterprises.types import CODED, CURRENT, GIVEN, NAMED

TAKEN_BACK = '"import_id" IN (SELECT "import_id" FROM "import_undone")'
"""SQL: the import of a row was taken back."""
UNNAMED = """
    e."created_import" IN (SELECT "import_id" FROM "import_undone") AND NOT EXISTS (
        SELECT 1 FROM "enterprise_name" n WHERE n."enterprise_id" = e."id"
        AND n."import_id" NOT IN (SELECT "import_id" FROM "import_undone"))
"""
"""SQL: only imports since taken back have named the enterprise e."""


async def unnamed(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Give enterprise_id, name and name_key of those that only imports since taken back have named."""
    sql = f"""
        SELECT e."id" AS "enterprise_id", e."name", e."name_key" FROM "enterprise" e
        WHERE e."id" IN ({unfolded_numbers()}) AND {UNNAMED}
    """  # noqa: S608  # our own words
    schema = {"enterprise_id": pl.Int64, "name": pl.String, "name_key": pl.String}
    return await read_frame(sql, schema, [listed(enterprise_ids)])


async def enterprises_by_code(codes: pl.Series) -> pl.DataFrame:
    """Give uscc and enterprise_id of those codes that are known."""
    sql = f'SELECT "uscc", "id" AS "enterprise_id" FROM "enterprise" WHERE "uscc" IN ({unfolded_texts()})'  # noqa: S608  # our own words
    return await read_frame(sql, CODED, [listed(codes)])


async def enterprises_by_name(name_keys: pl.Series) -> pl.DataFrame:
    """Give name_key and enterprise_id of all that bear or bore one of the names."""
    sql = f"""
        SELECT "name_key", "id" AS "enterprise_id" FROM "enterprise" e
        WHERE "name_key" IN ({unfolded_texts()}) AND NOT ({UNNAMED})
        UNION
        SELECT "name_key", "enterprise_id" FROM "enterprise_name"
        WHERE "name_key" IN ({unfolded_texts()}) AND NOT ({TAKEN_BACK})
    """  # noqa: S608  # our own words
    return await read_frame(sql, NAMED, [listed(name_keys)])


async def current_names(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Give the present names of enterprises and the newest day one of their names was observed."""
    sql = f"""
        SELECT e."id" AS "enterprise_id", e."name", e."name_key",
               max(n."observed_on") AS "observed_on"
        FROM "enterprise" e JOIN "enterprise_name" n ON n."enterprise_id" = e."id"
        WHERE e."id" IN ({unfolded_numbers()}) AND NOT (n.{TAKEN_BACK})
        GROUP BY e."id", e."name", e."name_key"
    """  # noqa: S608  # our own words
    return await read_frame(sql, CURRENT, [listed(enterprise_ids)])


async def present_names(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Give enterprise_id and present name."""
    sql = f'SELECT "id" AS "enterprise_id", "name" FROM "enterprise" WHERE "id" IN ({unfolded_numbers()})'  # noqa: S608  # our own words
    schema = {"enterprise_id": pl.Int64, "name": pl.String}
    return await read_frame(sql, schema, [listed(enterprise_ids)])


async def created_by(import_id: int, at_most: int) -> pl.DataFrame:
    """Give name and uscc of the first enterprises an import was the first to name."""
    sql = (
        'SELECT "name", "uscc" FROM "enterprise" WHERE "created_import" = $1 ORDER BY "id" LIMIT $2'
    )
    return await read_frame(sql, {"name": pl.String, "uscc": pl.String}, [import_id, at_most])


async def names_borne(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Give every name key the enterprises were ever seen under."""
    sql = f"""
        SELECT DISTINCT "name_key", "enterprise_id" FROM "enterprise_name"
        WHERE "enterprise_id" IN ({unfolded_numbers()}) AND NOT ({TAKEN_BACK})
    """  # noqa: S608  # our own words
    return await read_frame(sql, NAMED, [listed(enterprise_ids)])


async def create_enterprises(
    newcomers: pl.DataFrame, observed_on: date, import_id: int
) -> pl.DataFrame:
    """Create an enterprise per row of uscc, name and name_key; gives uscc and enterprise_id."""
    ids = await next_ids(Enterprise, newcomers.height)
    created = newcomers.select(
        pl.Series("enterprise_id", ids, dtype=pl.Int64), "uscc", "name", "name_key"
    )
    await insert_rows(
        Enterprise,
        ("id", "uscc", "name", "name_key", "created_import"),
        ((*row, import_id) for row in created.iter_rows()),
    )
    await add_names(created, observed_on, import_id)
    return created.select(*CODED)


async def add_names(names: pl.DataFrame, observed_on: date, import_id: int) -> None:
    """Note that enterprises were seen under names: rows of enterprise_id, name and name_key."""
    await insert_rows(
        EnterpriseName,
        ("enterprise_id", "name", "name_key", "observed_on", "import_id"),
        (
            (*row, observed_on, import_id)
            for row in names.select("enterprise_id", "name", "name_key").iter_rows()
        ),
    )


async def set_names(names: pl.DataFrame) -> None:
    """Make these the present names: rows of enterprise_id, name and name_key."""
    for enterprise_id, name, key in names.select("enterprise_id", "name", "name_key").iter_rows():
        await Enterprise.update({Enterprise.name: name, Enterprise.name_key: key}).where(
            Enterprise.id == enterprise_id
        )


async def add_contacts(contacts: pl.DataFrame, import_id: int) -> None:
    """Note addresses that are not known yet: rows of enterprise_id and address."""
    sql = f"""
        SELECT "enterprise_id", "address" FROM "enterprise_contact"
        WHERE "channel" = 'email' AND "enterprise_id" IN ({unfolded_numbers()})
    """  # noqa: S608  # our own words
    schema = {"enterprise_id": pl.Int64, "address": pl.String}
    known = await read_frame(sql, schema, [listed(contacts["enterprise_id"])])
    fresh = (
        contacts.select(*schema).unique(maintain_order=True).join(known, on=[*schema], how="anti")
    )
    await insert_rows(
        EnterpriseContact,
        ("enterprise_id", "address", "channel", "import_id"),
        ((*row, "email", import_id) for row in fresh.iter_rows()),
    )


def listed(values: pl.Series) -> str:
    """Give values as the one argument that `unfolded_texts` and `unfolded_numbers` take apart."""
    return msgspec.json.encode(values.drop_nulls().unique().to_list()).decode()


def unfolded_texts() -> str:
    """Give the SELECT that unfolds a list in $1: one argument, however long it is."""
    if engine_kind(engine()) == "sqlite":
        return "SELECT value FROM json_each($1)"
    return "SELECT json_array_elements_text($1::json)"


def unfolded_numbers() -> str:
    """Give the SELECT that unfolds a list of whole numbers in $1."""
    if engine_kind(engine()) == "sqlite":
        return "SELECT value FROM json_each($1)"
    return "SELECT json_array_elements_text($1::json)::bigint"


async def named_by(import_id: int) -> pl.Series:
    """Give the enterprises an import created, named, or gave an address of."""
    sql = """
        SELECT "id" AS "enterprise_id" FROM "enterprise" WHERE "created_import" = $1
        UNION SELECT "enterprise_id" FROM "enterprise_name" WHERE "import_id" = $1
        UNION SELECT "enterprise_id" FROM "enterprise_contact" WHERE "import_id" = $1
    """
    found = await read_frame(sql, {"enterprise_id": pl.Int64}, [import_id])
    return found["enterprise_id"].sort()


async def names_given(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Give every name imports that were not taken back have given enterprises: columns of GIVEN."""
    sql = f"""
        SELECT "enterprise_id", "name", "name_key", "observed_on", "import_id" FROM "enterprise_name"
        WHERE "enterprise_id" IN ({unfolded_numbers()}) AND NOT ({TAKEN_BACK})
    """  # noqa: S608  # our own words
    return await read_frame(sql, GIVEN, [listed(enterprise_ids)])


async def current(enterprise_ids: pl.Series) -> pl.DataFrame:
    """Give enterprise_id, present name and name_key, whoever gave them."""
    sql = f"""
        SELECT "id" AS "enterprise_id", "name", "name_key" FROM "enterprise"
        WHERE "id" IN ({unfolded_numbers()})
    """  # noqa: S608  # our own words
    schema = {"enterprise_id": pl.Int64, "name": pl.String, "name_key": pl.String}
    return await read_frame(sql, schema, [listed(enterprise_ids)])


async def contacts_given(import_id: int) -> pl.DataFrame:
    """Give enterprise_id and address of what an import was the first to give."""
    sql = """
        SELECT "enterprise_id", "address" FROM "enterprise_contact"
        WHERE "import_id" = $1 AND "channel" = 'email'
    """
    return await read_frame(sql, {"enterprise_id": pl.Int64, "address": pl.String}, [import_id])


async def take_back_contacts(import_id: int) -> None:
    """Forget the addresses an import was the first to give."""
    await EnterpriseContact.delete().where(EnterpriseContact.import_id == import_id)


async def add_names_given(names: pl.DataFrame) -> None:
    """Note that imports have given names: columns of GIVEN."""
    await insert_rows(EnterpriseName, tuple(GIVEN), names.select(*GIVEN).iter_rows())
