"""What is known of many enterprises on one day, as columns."""

from datetime import date

import msgspec
import polars as pl

MEMBERSHIP_COLUMNS: dict[str, pl.DataType] = {
    "enterprise_id": pl.Int64(),
    "list": pl.String(),
    "level": pl.String(),
    "batch": pl.String(),
    "document": pl.String(),
    "from_on": pl.Date(),
    "until_on": pl.Date(),
    "left_on": pl.Date(),
}
AWARD_COLUMNS: dict[str, pl.DataType] = {
    "enterprise_id": pl.Int64(),
    "family": pl.String(),
    "amount_cents": pl.Int64(),
    "paid_on": pl.Date(),
}
KNOWN_COLUMNS: dict[str, pl.DataType] = {"enterprise_id": pl.Int64(), "list": pl.String()}


def no_rows(columns: dict[str, pl.DataType]) -> pl.DataFrame:
    """Give an empty frame of these columns."""
    return pl.DataFrame(schema=columns)


class Population(msgspec.Struct, frozen=True, kw_only=True):
    """Facts, list entries and paid awards of many enterprises.

    frame        one row an enterprise: "enterprise_id" (unique, ascending) and a column per fact and period,
                 named by `column_name`. Null is unknown; a column that is not here is unknown for all.
    memberships  one row a list entry; `until_on` is its last day, `left_on` the day it was struck off.
    awards       one row a payment; `family` as in the items.
    coverage     list key, or "awards", to the day up to which the whole list is known: until then an
                 enterprise without an entry is not on it. A list that is not here answers "unknown".
    known        enterprise and list (or "paid:FAMILY") pairs whose entries are completely known without
                 the whole list being known, as in a single profile.
    """

    frame: pl.DataFrame
    memberships: pl.DataFrame = no_rows(MEMBERSHIP_COLUMNS)
    awards: pl.DataFrame = no_rows(AWARD_COLUMNS)
    coverage: dict[str, date] = {}
    known: pl.DataFrame = no_rows(KNOWN_COLUMNS)

    def only(self, enterprise_ids: pl.Series) -> "Population":
        """Give the same knowledge of some of the enterprises."""
        ids = enterprise_ids.to_list()
        wanted = pl.col("enterprise_id").is_in(ids)
        return Population(
            frame=self.frame.filter(wanted),
            memberships=self.memberships.filter(wanted),
            awards=self.awards.filter(wanted),
            coverage=self.coverage,
            known=self.known.filter(wanted),
        )
