"""Names of enterprises as the registry gives them: a newer one becomes the present one."""

from datetime import date

import msgspec
import polars as pl

from registry.enterprises.store import add_names, current_names, names_borne, set_names
from registry.imports.store import spoken_of_since


class NamesGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What a sheet of the registry calls enterprises.

    names  enterprise_id, name and name_key.
    """

    names: pl.DataFrame
    layout: str
    observed_on: date
    import_id: int


async def take_over_names(given: NamesGiven) -> pl.DataFrame:
    """Rename enterprises whose registered name is another one now; gives enterprise_id, name_known and name.

    A sheet older than what is known adds a former name and leaves the present one. Two writings of
    one name are no change.
    """
    known = await current_names(given.names["enterprise_id"])
    other = given.names.join(known, on="enterprise_id", suffix="_known").filter(
        pl.col("name_key") != pl.col("name_key_known")
    )
    if other.is_empty():
        return other.select("enterprise_id", "name_known", "name")
    later = await spoken_of_since(given.layout, given.observed_on)
    newer = other.filter(
        pl.col("observed_on") <= given.observed_on,
        ~pl.col("enterprise_id").is_in(later.implode()),
    )
    borne = await names_borne(other["enterprise_id"])
    former = other.join(newer, on="enterprise_id", how="anti").join(
        borne, on=["enterprise_id", "name_key"], how="anti"
    )
    await add_names(pl.concat([newer, former]), given.observed_on, given.import_id)
    await set_names(newer)
    return newer.select("enterprise_id", "name_known", "name")
