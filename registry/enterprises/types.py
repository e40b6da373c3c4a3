"""What the code says about enterprises, beside the tables."""

import polars as pl

CODED = {"uscc": pl.String, "enterprise_id": pl.Int64}
"""Columns of a frame that says which enterprise has which code."""

NAMED = {"name_key": pl.String, "enterprise_id": pl.Int64}
"""Columns of a frame that says which enterprises bear or bore a name."""

CURRENT = {
    "enterprise_id": pl.Int64,
    "name": pl.String,
    "name_key": pl.String,
    "observed_on": pl.Date,
}
"""Columns of a frame of present names, each with the newest day one was observed."""

GIVEN = {
    "enterprise_id": pl.Int64,
    "name": pl.String,
    "name_key": pl.String,
    "observed_on": pl.Date,
    "import_id": pl.Int64,
}
"""Columns of a frame of names, each with the import that gave it and the day that speaks of."""
