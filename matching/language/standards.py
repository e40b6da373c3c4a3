"""Titles an enterprise can hold (梯度) and the standards they are given by, one struct a version of the text."""

from datetime import date
from typing import Literal

import msgspec

from matching.language.conditions import AllOf, Condition
from matching.language.items import Days, Document, Example, Mark

Kind = Literal["认定", "复核"]
KINDS: tuple[Kind, ...] = ("认定", "复核")
"""Kinds of application: for a title one does not hold, and for one that runs out."""
CriterionExpected = Literal["met", "unmet", "unknown", "person", "not_applicable"]


class Tier(msgspec.Struct, frozen=True, kw_only=True):
    """A title people speak of.

    list            the list (名录) whose entries are its holders.
    rung            its place on the ladder, lowest first; None: it stands beside the ladder.
    validity_years  how long a certificate runs; None: until it is taken away, or as the entry says.
    by_list         whoever is on the list holds it, and no criteria are written.
    """

    key: str
    label: str
    list: str
    rung: int | None = None
    validity_years: int | None = None
    by_list: bool = False


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a standard.

    article  where in the document it stands.
    kinds    kinds of application it is asked at; for others it is not applicable.
    """

    id: str
    article: str
    mark: Mark
    condition: Condition
    kinds: tuple[Kind, ...] = KINDS


class StandardExample(msgspec.Struct, frozen=True, kw_only=True):
    """What a standard must decide for one made-up enterprise at one kind of application.

    criteria  what single criteria must come to; those not named are not looked at.
    """

    kind: Kind
    example: Example
    criteria: dict[str, CriterionExpected] = {}


class Standard(msgspec.Struct, frozen=True, kw_only=True):
    """One version of what a title asks, whole: what an overlay inherits stands in it already.

    valid       kind of application to the days on which it is judged by this version.
    review_by   last day this text may be relied on without a new look; needed where no last day is named.
    area        place code; it judges enterprises that lie within, unless one of a smaller place does.
    overlay_of  the standard it sharpens; empty: it stands for itself.
    criteria    all that are asked, in the order of the text, those of the overlay in their place or behind.
    own         ids of the criteria written in its own file.
    """

    id: str
    tier: str
    version: str
    valid: dict[Kind, Days]
    document: Document
    area: str
    mark: Mark
    criteria: tuple[Criterion, ...]
    review_by: date | None = None
    overlay_of: str = ""
    own: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    background: dict[str, str | None] = {}
    examples: tuple[StandardExample, ...] = ()
    file: str = ""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Give the kinds of application it judges."""
        return tuple(self.valid)

    def judges(self, kind: Kind, day: date) -> bool:
        """Say whether an application of that kind and day is judged by this version."""
        return kind in self.valid and self.valid[kind].hold(day)

    def asked(self, kind: Kind) -> tuple[Criterion, ...]:
        """Give the criteria asked at a kind of application."""
        return tuple(one for one in self.criteria if kind in one.kinds)

    def condition(self, kind: Kind) -> Condition:
        """Give all that is asked at a kind of application as one condition."""
        return AllOf(parts=tuple(one.condition for one in self.asked(kind)))


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """What a province or city writes over another standard: only what differs. None: as the other says."""

    id: str
    overlay_of: str
    document: Document
    mark: Mark
    area: str
    criteria: tuple[Criterion, ...]
    version: str | None = None
    valid: dict[Kind, Days] | None = None
    review_by: date | None = None
    notes: tuple[str, ...] = ()
    background: dict[str, str | None] = {}
    examples: tuple[StandardExample, ...] = ()
    file: str = ""
    line: int = 1


def laid_over(overlay: Overlay, base: Standard) -> Standard:
    """Give the overlay as a whole standard: same ids sharpen in their place, new ones follow."""
    own = {one.id: one for one in overlay.criteria}
    kept = tuple(own.get(one.id, one) for one in base.criteria)
    inherited = {one.id for one in base.criteria}
    added = tuple(one for one in overlay.criteria if one.id not in inherited)
    valid = base.valid if overlay.valid is None else overlay.valid
    return Standard(
        id=overlay.id,
        tier=base.tier,
        version=overlay.version or base.version,
        valid=valid,
        document=overlay.document,
        area=overlay.area,
        mark=overlay.mark,
        criteria=(*kept, *added),
        review_by=overlay.review_by or base.review_by,
        overlay_of=base.id,
        own=tuple(own),
        notes=overlay.notes,
        background=base.background | overlay.background,
        examples=overlay.examples,
        file=overlay.file,
    )
