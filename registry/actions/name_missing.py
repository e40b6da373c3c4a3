"""Name, of every criterion that is open, the data that leave it open and who has them."""

from datetime import date

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.assess import Assessment
from matching.engine.ground import Ground
from matching.engine.open_pairs import missing_data
from matching.engine.truth import OPEN
from matching.language.data_names import DataNames
from matching.language.standards import Kind


class Asked(msgspec.Struct, frozen=True):
    """What an assessment was made on, of which day and kind of application."""

    ground: Ground
    catalogue: Catalogue
    on: date
    kind: Kind


def missing_of(tier: str, name: str | None, found: Assessment, asked: Asked) -> pl.Series:
    """Give the missing data of a criterion in words, a row each; null where it is not open.

    name  None: the title itself, whose criteria say what they miss.
    """
    said = pl.repeat(None, found.codes.height, dtype=pl.String, eager=True)
    if name is None:
        return said
    is_open = found.codes[f"{tier}:{name}"] == OPEN
    words = DataNames(asked.catalogue.vocabulary)
    # Who lies nobody knows where is asked for that, and for what the widest text lacks.
    widest = len(found.standards[tier]) - 1
    applied = found.applied[tier].fill_null(widest)
    for place, standard in enumerate(found.standards[tier]):
        judged = applied == place
        conditions = [one.condition for one in standard.asked(asked.kind) if one.id == name]
        if not conditions or not (is_open & judged).any():
            continue
        data = missing_data(conditions[0], asked.on, is_open & judged, asked.ground)
        told = {datum: _told(datum, words) for datum in data["datum"].unique()}
        lines = data.group_by("row", maintain_order=True).agg(
            pl.col("datum").replace_strict(told, return_dtype=pl.String).str.join("；")
        )
        said = said.scatter(lines["row"], lines["datum"])
    unplaced = (is_open & found.applied[tier].is_null()).arg_true()
    if unplaced.is_empty():
        return said
    lacking = (
        said.gather(unplaced).to_frame("data").with_columns(place=pl.lit(_told("place", words)))
    )
    both = lacking.select(pl.concat_str("place", "data", separator="；", ignore_nulls=True))
    return said.scatter(unplaced, both.to_series())


def _told(datum: str, words: DataNames) -> str:
    return f"{words.label(datum)}（{words.owner(datum)}）"
