"""What enterprises are called once an import is taken back. Pure.

An import notes a name only where it is another one than before; so what the others said must be looked up in the
rows as they came.
"""

import json

import msgspec
import polars as pl

from registry.enterprises.names import name_keys
from registry.enterprises.types import GIVEN
from registry.imports.headers import plain_header, read_header
from registry.imports.layout import Layout

SAID = {**GIVEN, "registers": pl.Boolean}
"""Columns of GIVEN, and whether the sheet is the registry's; a null name: the sheet gives none."""


class GivenBack(msgspec.Struct, frozen=True, kw_only=True):
    """The names after an undo.

    present  enterprise_id, name and name_key of everybody still known.
    added    names to be noted, columns of GIVEN: an import said them and nothing noted so.
    """

    present: pl.DataFrame
    added: pl.DataFrame


def names_said(rows: pl.DataFrame, layouts: dict[str, Layout]) -> pl.DataFrame:
    """Give the names in rows as they came (enterprise_id, import_id, layout, observed_on, cells): columns of SAID."""
    found = [pl.DataFrame(schema=SAID)]
    for part in rows.partition_by("import_id", maintain_order=True):
        layout = layouts.get(part["layout"][0])
        header = None if layout is None else _name_header(part["cells"][0], layout)
        name: pl.Expr = pl.lit(None, dtype=pl.String)
        if header is not None:
            fields = pl.Struct({header: pl.String})
            name = pl.col("cells").str.json_decode(fields).struct.field(header)
        named = part.with_columns(name=name.str.strip_chars().replace("", None)).with_columns(
            name_key=name_keys(pl.col("name")),
            registers=pl.lit(layout is not None and layout.registers),
        )
        found.append(named.select(*SAID))
    return pl.concat(found)


def given_back(noted: pl.DataFrame, said: pl.DataFrame, before: pl.DataFrame) -> GivenBack:
    """Give everybody's present name: the newest the registry's sheets gave, noted or only said.

    noted   names that still count, columns of GIVEN.
    said    what imports that still count say in their rows, columns of SAID.
    before  enterprise_id, name and name_key as they stand; kept for whom others speak of without a name.
    """
    registered = said.filter("registers", pl.col("name").is_not_null()).select(*GIVEN)
    best = _newest(pl.concat([registered, noted]))
    others = said.join(best, on="enterprise_id", how="anti").join(
        before, on="enterprise_id", suffix="_before"
    )
    filled = others.with_columns(
        name=pl.coalesce("name", "name_before"), name_key=pl.coalesce("name_key", "name_key_before")
    )
    present = pl.concat([best, _newest(filled.select(*GIVEN))])
    return GivenBack(
        present=present.select("enterprise_id", "name", "name_key"),
        added=present.join(noted, on=["enterprise_id", "name_key"], how="anti"),
    )


def _newest(names: pl.DataFrame) -> pl.DataFrame:
    """Give one name an enterprise: of the newest day, and of that the latest import's."""
    ordered = names.sort("observed_on", "import_id", maintain_order=True)
    return ordered.unique("enterprise_id", keep="last", maintain_order=True)


def _name_header(cells: str, layout: Layout) -> str | None:
    names = {
        plain_header(header)
        for column in layout.columns
        if column.role == "name"
        for header in column.headers
    }
    for header in json.loads(cells):
        if read_header((header.rpartition(" / ")[2],)).name in names:
            return str(header)
    return None
