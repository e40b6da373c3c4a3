"""Who to propose for a pool towards a title: who is one or two changeable gaps away from its standard.

Criteria are judged for everybody in one pass over columns; only the short list is looked at one by one.
"""

from datetime import date

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.assess import Assessment, assess, criteria_of
from matching.engine.gap import gaps
from matching.engine.gap_change import Calendar
from matching.engine.gap_types import GapSet
from matching.engine.gap_words import gap_in_words
from matching.engine.ground import Ground
from matching.engine.population import Population
from matching.engine.single.single import Single
from matching.engine.truth import MET, OPEN, UNMET
from matching.language.conditions import Listed
from matching.language.standards import Standard
from matching.language.wording import Words
from registry.pool.propose import PROPOSALS, Proposals

MOST_GAPS = 2
MOST_TRIED = 500
"""Enterprises looked at one by one, a few milliseconds each, as many as an official can look at in a month; how many more
there are is said."""
RULE = "对照当日有效的认定标准，还差一到两项能改变的条件（含待补的数据），或已都符合；需人工认定的条件不计；已持有该称号的除外"


class _Found(msgspec.Struct, frozen=True):
    """How many changes an enterprise of the short list lacks, and which, in words."""

    changes: int
    reasons: str


def propose_tier(title: str, ground: Ground, catalogue: Catalogue, on: date) -> Proposals | None:
    """Find everybody near a title on the day, the nearest first; None where no standard judges that day."""
    standards = [one for one in catalogue.standards if one.tier == title]
    assessed = assess(standards, ground, on, "认定")
    if not assessed.standards.get(title):
        return None
    counted = _counted(title, assessed, ground, on)
    near = counted.filter(pl.col("known"), pl.col("gaps") <= MOST_GAPS)
    ordered = near.sort("gaps", "unmet", "enterprise_id")
    short = ordered.head(MOST_TRIED)
    rows = _looked_at(short, assessed.standards[title], (ground, catalogue), on)
    far = counted.filter(pl.col("unmet") > MOST_GAPS).height
    return Proposals(
        rule=RULE,
        enterprises=ground.population.frame.height,
        unknown=counted.height - far - near.height,
        untried=ordered.height - short.height,
        table=rows,
    )


def _counted(title: str, assessed: Assessment, ground: Ground, on: date) -> pl.DataFrame:
    """Count, of everybody not surely holding the title, the criteria unmet and those not known.

    known  whether it is sure that the title is not held, and which standard judges.
    """
    names = [f"{title}:{name}" for name in criteria_of(assessed.standards[title])]
    holds = ground.truth(Listed(list=title), on)
    held = ground.collect(holds.alias("held")).select("enterprise_id", "held")
    codes = assessed.codes.join(held, on="enterprise_id", maintain_order="left").join(
        assessed.applied.select("enterprise_id", applied=title),
        on="enterprise_id",
        maintain_order="left",
    )
    unmet = pl.sum_horizontal((pl.col(name) == UNMET).cast(pl.Int64) for name in names)
    missing = pl.sum_horizontal((pl.col(name) == OPEN).cast(pl.Int64) for name in names)
    return codes.filter(pl.col("held").is_null() | ~pl.col("held")).select(
        "enterprise_id",
        "applied",
        unmet=unmet,
        gaps=unmet + missing,
        known=pl.col("held").is_not_null() & pl.col("applied").is_not_null(),
    )


def _looked_at(
    short: pl.DataFrame,
    judging: tuple[Standard, ...],
    given: tuple[Ground, Catalogue],
    on: date,
) -> pl.DataFrame:
    ground, catalogue = given
    few = ground.population.only(short["enterprise_id"].sort())
    rows = []
    for enterprise, applied in short.select("enterprise_id", "applied").iter_rows():
        found = _nearest(enterprise, few, judging[applied], (ground, catalogue), on)
        if found is not None:
            row = dict.fromkeys(PROPOSALS, None) | {
                "enterprise_id": enterprise,
                "item": judging[applied].id,
                "reached": found.changes == 0,
                "gaps": found.changes,
                "reasons": found.reasons,
            }
            rows.append(row)
    table = pl.DataFrame(rows, schema=PROPOSALS)
    return table.sort("gaps", "enterprise_id")


def _nearest(
    enterprise: int,
    few: Population,
    standard: Standard,
    given: tuple[Ground, Catalogue],
    on: date,
) -> _Found | None:
    """Give the easiest way of one enterprise; None where it takes more changes, or one that nobody can make."""
    ground, catalogue = given
    one = few.only(pl.Series("enterprise_id", [enterprise], dtype=pl.Int64))
    single = Single(one, ground.vocabulary, ground.definitions, ground.run_day)
    calendar = Calendar(moves=True, until=standard.valid["认定"].until)
    ways = gaps(standard.condition("认定"), single, on, calendar)
    if ways.verdict == MET:
        return _Found(0, f"对照{standard.version}认定标准均已符合")
    usable = [way for way in ways.sets if way.kind != "fixed" and _changes(way) <= MOST_GAPS]
    if not usable:
        return None
    best = min(usable, key=_changes)
    words = Words(catalogue.vocabulary, catalogue.definitions, on)
    said = "；".join(gap_in_words(best, words))
    return _Found(_changes(best), f"对照{standard.version}认定标准：{said}")


def _changes(way: GapSet) -> int:
    """Count the changes of a way; what a person has to judge comes at the recognition anyway."""
    return sum(1 for change in way.changes if change.kind != "person")
