"""Rank missing data: which datum to ask for, by the verdicts it settles and the money that hangs on them."""

from datetime import date
from typing import Literal

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.ground import Ground
from matching.engine.groups import groups
from matching.engine.information import WORTH, Information
from matching.engine.match import decided_items
from matching.engine.population import Population
from matching.language.data_names import DataNames

By = Literal["whole", "department", "district", "enterprise"]
WAYS: tuple[By, ...] = ("whole", "department", "district", "enterprise")


class MissingData(msgspec.Struct, frozen=True, kw_only=True):
    """What missing data are worth.

    table    "datum", "label", "department", "ask" and WORTH, the worthiest first; by district "group" and
             "name" in front, by enterprise "enterprise_id" (one row each: what to ask next).
    untried  item and datum with more possible answers than are tried: counted as settling nothing.
    """

    enterprises: int
    items: int
    open_pairs: int
    untried: tuple[tuple[str, str], ...]
    table: pl.DataFrame


def rank_missing_data(
    population: Population, catalogue: Catalogue, on: date, by: By = "whole"
) -> MissingData:
    """Rank the missing data of a population for the items that count on the day.

    by  "department": within each owner; "district": within each place; "enterprise": the one datum to ask
        each next.
    """
    ground = Ground(population, catalogue.vocabulary, catalogue.definitions, on)
    items = decided_items(catalogue.items, on)
    found = Information(items, ground, on)
    match by:
        case "district":
            ranked = found.ranked(groups("place", ground, on))
        case "enterprise":
            ranked = found.next_questions()
        case _:
            ranked = found.ranked()
    table = _named(ranked, DataNames(catalogue.vocabulary))
    if by == "department":
        table = table.sort("department", maintain_order=True)
    return MissingData(
        enterprises=population.frame.height,
        items=len(items),
        open_pairs=found.open_pairs,
        untried=found.untried,
        table=table,
    )


def _named(ranked: pl.DataFrame, names: DataNames) -> pl.DataFrame:
    """Say what each datum is called, who owns it and what to ask."""
    data = ranked["datum"].unique().to_list()
    words = pl.DataFrame(
        {
            "datum": data,
            "label": [names.label(name) for name in data],
            "department": [names.owner(name) for name in data],
            "ask": [names.ask(name) for name in data],
        },
        schema=dict.fromkeys(("datum", "label", "department", "ask"), pl.String),
    )
    named = ranked.join(words, on="datum", how="left", maintain_order="left")
    front = [name for name in ranked.columns if name not in (*WORTH, "datum")]
    return named.select(*front, "datum", "label", "department", *WORTH, "ask")
