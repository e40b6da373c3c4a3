"""Every title for every enterprise: which standard judges it on a day, and what each criterion comes to.

A province or city may write over the national text, so the standard is chosen by the enterprise's place: the one
of the smallest area it lies in. Where its place is not known, only what all of them agree on is said.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
import polars as pl

from matching.engine.ground import Ground
from matching.engine.truth import MET, OPEN, PERSON, UNMET, verdict
from matching.language.conditions import Condition, OneOf
from matching.language.standards import Kind, Standard
from matching.language.vocabulary import Tree

NOT_APPLICABLE = 4
"""Code beside those of matching.engine.truth: not asked at this kind of application, or no standard judges it."""


HARDEST = (UNMET, OPEN, PERSON, MET)
"""The verdict of a title is the first of these that one of its criteria has; none of them: not applicable."""


class Assessment(msgspec.Struct, frozen=True):
    """What came of every title.

    standards  title to the standards that judge that day, smallest area first.
    codes      "enterprise_id"; a column of codes a title, named by it; and one a criterion, "title:criterion".
    applied    "enterprise_id" and, by title, the place in `standards` of the one that judges each enterprise;
               null where none does, or its place leaves it open.
    """

    standards: dict[str, tuple[Standard, ...]]
    codes: pl.DataFrame
    applied: pl.DataFrame


def standards_for(
    standards: Iterable[Standard], tier: str, kind: Kind, day: date, places: Tree
) -> tuple[Standard, ...]:
    """Give the standards of a title that judge applications of a kind and day, smallest area first."""
    judging = [one for one in standards if one.tier == tier and one.judges(kind, day)]
    return tuple(sorted(judging, key=lambda one: (-len(places.lineage(one.area)), one.id)))


def standard_for(judging: Sequence[Standard], within: frozenset[str]) -> Standard | None:
    """Give the one that judges an enterprise; None where none does.

    judging  of `standards_for`; `within`: every place the enterprise lies in (`Tree.lineage`).
    """
    return next((one for one in judging if one.area in within), None)


def criteria_of(judging: Sequence[Standard]) -> tuple[str, ...]:
    """Give the ids of all criteria some of them ask, in the order of the widest text."""
    return tuple(dict.fromkeys(one.id for each in reversed(judging) for one in each.criteria))


def assess(standards: Sequence[Standard], ground: Ground, on: date, kind: Kind) -> Assessment:
    """Judge every title that has a standard for that kind of application and day, in one pass."""
    places = ground.vocabulary.places
    tiers = dict.fromkeys(one.tier for one in standards)
    judging = {tier: standards_for(standards, tier, kind, on, places) for tier in tiers}
    asking = _Asking(ground, on, kind)
    single = {
        f"{tier}:{name}": asking.code(several, name)
        for tier, several in judging.items()
        for name in criteria_of(several)
    }
    applied = [asking.applied(several).alias(tier) for tier, several in judging.items()]
    ready = asking.collected()
    codes = ready.select("enterprise_id", **single)
    whole = [
        whole_code([f"{tier}:{name}" for name in criteria_of(several)]).alias(tier)
        for tier, several in judging.items()
    ]
    return Assessment(judging, codes.with_columns(*whole), ready.select("enterprise_id", *applied))


def whole_code(columns: Sequence[str]) -> pl.Expr:
    """Give the verdict of all criteria: one unmet settles it, then one unknown, then one for a person."""
    if not columns:
        return pl.lit(NOT_APPLICABLE, dtype=pl.UInt8)

    def some(code: int) -> pl.Expr:
        return pl.any_horizontal(pl.col(name) == code for name in columns)

    said = pl.when(some(UNMET)).then(UNMET).when(some(OPEN)).then(OPEN)
    said = said.when(some(PERSON)).then(PERSON).when(some(MET)).then(MET)
    return said.otherwise(NOT_APPLICABLE).cast(pl.UInt8)


class _Asking:
    """One pass over a ground: every distinct condition asked once."""

    def __init__(self, ground: Ground, on: date, kind: Kind) -> None:
        self.ground = ground
        self.on = on
        self.kind = kind
        self.nation = ground.vocabulary.places.root
        self._asked: dict[Condition, str] = {}
        self._wanted: list[pl.Expr] = []
        self._open: set[str] = set()

    def code(self, judging: Sequence[Standard], name: str) -> pl.Expr:
        """Give the code of a criterion over `collected`'s frame, by the standard of each place."""
        said: pl.Expr = self._code(None)
        everywhere, same = None, True
        for standard in reversed(judging):
            condition = self._condition(standard, name)
            if same and condition == everywhere:
                continue
            code = self._code(condition)
            if standard.area == self.nation:
                said, everywhere = code, condition
                continue
            inside, same = self._inside(standard), False
            agreed = pl.when(code == said).then(code).otherwise(pl.lit(OPEN, dtype=pl.UInt8))
            said = pl.when(inside).then(code).when(~inside).then(said).otherwise(agreed)
        return said

    def applied(self, judging: Sequence[Standard]) -> pl.Expr:
        """Give the place of the standard that judges each enterprise; null: none, or not known which."""
        said = pl.lit(None, dtype=pl.UInt8)
        for place, standard in reversed([*enumerate(judging)]):
            inside = self._inside(standard)
            chosen = pl.when(inside).then(pl.lit(place, dtype=pl.UInt8))
            said = chosen.when(inside.is_null()).then(None).otherwise(said)
        return said

    def collected(self) -> pl.DataFrame:
        """Compute everything asked for."""
        return self.ground.collect(*self._wanted)

    def _inside(self, standard: Standard) -> pl.Expr:
        if standard.area == self.nation:
            return pl.lit(value=True)
        return pl.col(self._column(OneOf(fact="place", codes=(standard.area,))))

    def _condition(self, standard: Standard, name: str) -> Condition | None:
        """Give what a standard asks under that id; None: nothing at this kind of application."""
        asked = (one.condition for one in standard.asked(self.kind) if one.id == name)
        return next(asked, None)

    def _code(self, condition: Condition | None) -> pl.Expr:
        if condition is None:
            return pl.lit(NOT_APPLICABLE, dtype=pl.UInt8)
        name = self._column(condition)
        return verdict(pl.col(name), pl.col(f"{name}:open") if name in self._open else None)

    def _column(self, condition: Condition) -> str:
        """Give the name of the column with the truth of a condition."""
        name = self._asked.get(condition)
        if name is None:
            name = self._asked[condition] = f"asked:{len(self._asked)}"
            self._wanted.append(self.ground.truth(condition, self.on).alias(name))
            unsettled = self.ground.may_be_open(condition, self.on)
            if unsettled is not None:
                self._open.add(name)
                self._wanted.append(unsettled.alias(f"{name}:open"))
        return name
