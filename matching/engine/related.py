"""What other enterprises bound to one by control are listed for or were paid, as truths of that one."""

from datetime import date

import msgspec
import polars as pl

from matching.engine.population import Population
from matching.engine.spells import all_marked, listed_truth, paid_truth, silence
from matching.language.conditions import Listed, RelatedHas
from matching.language.vocabulary import Vocabulary


def related_truth(
    condition: RelatedHas,
    population: Population,
    vocabulary: Vocabulary,
    on: date,
    run_day: date | None = None,
) -> pl.Series:
    """Give one truth per row of the population's frame; the days are those of `listed_truth`.

    True where a related enterprise surely passes, null where one may or its ties are not all known, else
    false: a group known in part cannot be cleared.
    """
    ties = _ties(condition, population)
    silent = silence("relations", population, covered="relations" in population.coverage)
    if ties.is_empty():
        return silent
    others = ties["other_id"].unique().sort()
    of_them = msgspec.structs.replace(population, frame=others.alias("enterprise_id").to_frame())
    inner = condition.condition
    if isinstance(inner, Listed):
        passes = listed_truth(inner, of_them, vocabulary, on, run_day)
    else:
        passes = paid_truth(inner.family, of_them)
    decided = (
        ties.join(pl.DataFrame({"other_id": others, "passes": passes}), on="other_id")
        .group_by("enterprise_id")
        .agg(pl.col("passes").any(ignore_nulls=False))
    )
    return all_marked(silent, population.frame["enterprise_id"], decided, (None, True))


def _ties(condition: RelatedHas, population: Population) -> pl.DataFrame:
    ties = population.relations.select("enterprise_id", "other_id", "role")
    return ties.filter(role="parent") if condition.role == "parent" else ties
