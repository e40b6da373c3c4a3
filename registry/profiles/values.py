"""Fact values with all that is known of them, for one enterprise or a few."""

import polars as pl

VALUES: dict[str, pl.DataType | type[pl.DataType]] = {
    "enterprise_id": pl.Int64,
    "fact": pl.String,
    "period": pl.String,
    "number": pl.Int64,
    "text": pl.String,
    "observed_on": pl.Date,
    "import_id": pl.Int64,
}
SELECT_VALUES = (
    'SELECT enterprise_id, fact, period, "number", "text", observed_on, import_id FROM fact_value'
)
