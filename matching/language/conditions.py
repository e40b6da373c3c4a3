"""Everything a condition can say: a closed list.

Every condition is true, false or unknown; a judgement is a question only a person can answer. Longer than
other files because conditions contain each other: the whole closed list has to stand in one module.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import msgspec

from matching.language.periods import years_after, years_before
from matching.language.quantities import Quantity

Operator = Literal["at_least", "at_most", "more_than", "less_than"]
OPERATORS: tuple[Operator, ...] = ("at_least", "at_most", "more_than", "less_than")


class _Condition(msgspec.Struct, frozen=True, kw_only=True):
    """What every condition may carry besides its test.

    label  prose that people read instead of the generated sentence.
    """

    label: str | None = None


class Compare(_Condition, frozen=True, kw_only=True, tag="compare"):
    """A quantity against a limit in the quantity's own stored unit."""

    quantity: Quantity
    operator: Operator
    limit: int


class CompareTwo(_Condition, frozen=True, kw_only=True, tag="compare_two"):
    """A quantity against another of the same unit, such as this quarter against last year's."""

    quantity: Quantity
    operator: Operator
    other: Quantity


class Share(_Condition, frozen=True, kw_only=True, tag="share"):
    """part / whole against basis points; unknown where the whole is zero or less."""

    part: Quantity
    whole: Quantity
    operator: Operator
    limit_bp: int


class Growth(_Condition, frozen=True, kw_only=True, tag="growth"):
    """(now - before) / before, or its yearly mean over `years`, against basis points.

    years    1: plain growth; more: compound yearly growth, tested without a root.
    through  the figure of the year between: the plain mean of the two yearly growths is tested, without
             dividing; unknown also where that figure is zero or less. All three are plain figures.
    """

    now: Quantity
    before: Quantity
    operator: Operator
    limit_bp: int
    years: int = 1
    through: Quantity | None = None


class FirstOver(_Condition, frozen=True, kw_only=True, tag="first_over"):
    """A yearly fact passes a limit in `period`, and did so in no year from `since` on before.

    Years in which the enterprise was not yet registered cannot have passed it.
    """

    fact: str
    period: str
    since: int
    operator: Literal["at_least", "more_than"]
    limit: int


class Dated(_Condition, frozen=True, kw_only=True, tag="dated"):
    """A date fact on or before, or on or after, a day; that day is included."""

    fact: str
    period: str | None = None
    operator: Literal["on_or_before", "on_or_after"]
    day: date


class YearsSince(_Condition, frozen=True, kw_only=True, tag="years_since"):
    """At least so many full years from a date fact to the evidence day, that day included.

    at_year_end  counted at the end of the last complete year instead, its last day a full one: from
                 2023-01-01 to 2025-12-31 is three.
    """

    fact: str
    at_least: int
    at_year_end: bool = False

    def latest_start(self, on: date) -> date:
        """Give the last day it may have begun on to hold on an evidence day."""
        if self.at_year_end:
            return date(on.year - self.at_least, 1, 1)
        return years_before(on, self.at_least)

    def holds_from(self, start: date) -> date:
        """Give the first evidence day it holds on, having begun on a day."""
        if not self.at_year_end:
            return years_after(start, self.at_least)
        begun = start.year if (start.month, start.day) == (1, 1) else start.year + 1
        return date(begun + self.at_least, 1, 1)


class OneOf(_Condition, frozen=True, kw_only=True, tag="one_of"):
    """A code is one of these words, or lies within one of these places or industries.

    A code coarser than those asked for leaves it open: C34 may be C3411 or not.
    """

    fact: str
    period: str | None = None
    codes: tuple[str, ...]


class Flag(_Condition, frozen=True, kw_only=True, tag="flag"):
    """A yes-or-no fact is as said."""

    fact: str
    period: str | None = None
    expected: bool


class Listed(_Condition, frozen=True, kw_only=True, tag="listed"):
    """The enterprise is on a list.

    levels        only entries of these levels; empty: any.
    batches       only entries of these batches; empty: any.
    valid_on      the entry holds on that day; None with `still`: on the evidence day.
    still         the entry must hold (on valid_on or the evidence day); else it need only have begun by then.
    since_by      the entry began on or before that day.
    first_in      the very first such entry ever began within these days, both included, and has not been
                  struck off by the evidence day.
    first_year    the same, for a year counted from the evidence day's year (0: that year).
    within_years  an entry began within so many years before the evidence day (for records of events), or
                  before valid_on where it is said; then no later day counts, negative lists included.
    within_months  the same in months.
    """

    list: str
    levels: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()
    valid_on: date | None = None
    still: bool = True
    since_by: date | None = None
    first_in: tuple[date, date] | None = None
    first_year: int | None = None
    within_years: int | None = None
    within_months: int | None = None


class Paid(_Condition, frozen=True, kw_only=True, tag="paid"):
    """An award of this family has been paid before, under whatever document."""

    family: str


class Judgement(_Condition, frozen=True, kw_only=True, tag="judgement"):
    """Words only a person can apply (突出贡献, 较为靠前), or a part of the text nobody has read yet."""

    text: str


class Defined(_Condition, frozen=True, kw_only=True, tag="defined"):
    """A condition that stands in definitions.yml under this name."""

    name: str


class AllOf(_Condition, frozen=True, kw_only=True, tag="all_of"):
    """Every part holds."""

    parts: tuple["Condition", ...]


class AnyOf(_Condition, frozen=True, kw_only=True, tag="any_of"):
    """One part holds."""

    parts: tuple["Condition", ...]


class Negate(_Condition, frozen=True, kw_only=True, tag="negate"):
    """The part does not hold; unknown stays unknown."""

    part: "Condition"


class PersonWhereUnknown(_Condition, frozen=True, kw_only=True, tag="person_where_unknown"):
    """The part, as far as it is known; what is not known of it a person is asked, and no datum is missing.

    For figures only their issuer can prove: without the proof, or without the figure, somebody looks it up.
    """

    part: "Condition"


class CountOf(_Condition, frozen=True, kw_only=True, tag="count_of"):
    """At least so many of the parts hold."""

    at_least: int
    parts: tuple["Condition", ...]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One branch: where `when` holds, `then` decides."""

    when: "Condition"
    then: "Condition"


class Branches(_Condition, frozen=True, kw_only=True, tag="branches"):
    """The first case whose `when` holds decides (by kind of firm, or a limit for small ones).

    Without one `otherwise` decides, and without that it does not hold. Where it is not known which case
    applies, but all that may apply agree, that is the answer.
    """

    cases: tuple[Case, ...]
    otherwise: "Condition | None" = None


class Points(msgspec.Struct, frozen=True, kw_only=True):
    """What one row of an indicator gives where its condition holds; None: always."""

    when: "Condition | None"
    points: int


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator of a score table.

    rows  every row is looked at; a value on the edge of two bands therefore gets the higher one.
    take  "highest": the row with most points counts; "sum": all that hold, at most `most`.
    """

    name: str
    rows: tuple[Points, ...]
    take: Literal["highest", "sum"] = "highest"
    most: int | None = None


class ScorePart(msgspec.Struct, frozen=True, kw_only=True):
    """Indicators with a minimum of their own; points beyond `most` do not count."""

    name: str
    indicators: tuple[Indicator, ...]
    at_least: int | None = None
    most: int | None = None


class Score(_Condition, frozen=True, kw_only=True, tag="score"):
    """A score table: the points of all parts reach a limit, and each part its own minimum.

    Unknown rows leave a range: the points certainly had and those still possible. Where even the lowest
    reaches a limit it is reached, where the highest does not it is missed.
    """

    parts: tuple[ScorePart, ...]
    operator: Literal["at_least", "more_than"]
    limit: int
    most: int | None = None


class RelatedHas(_Condition, frozen=True, kw_only=True, tag="related"):
    """Another enterprise bound to this one by control is on a list or was paid an award.

    role  "parent": one that controls it; "any": every other one of its group.

    True where one of them surely is; false only where all its ties are known and none of them is.
    """

    role: Literal["parent", "any"]
    condition: Listed | Paid


Condition = (
    Compare
    | CompareTwo
    | Share
    | Growth
    | FirstOver
    | Dated
    | YearsSince
    | OneOf
    | Flag
    | Listed
    | Paid
    | Judgement
    | Defined
    | AllOf
    | AnyOf
    | Negate
    | PersonWhereUnknown
    | CountOf
    | Branches
    | Score
    | RelatedHas
)


def opened(condition: Condition, definitions: dict[str, Condition]) -> Condition:
    """Give what a defined name stands for, however many names lie between; else the condition itself."""
    while isinstance(condition, Defined):
        condition = definitions[condition.name]
    return condition


def conjuncts(
    parts: Iterable[Condition], definitions: dict[str, Condition]
) -> tuple[Condition, ...]:
    """Give the conditions each of which must hold if all the parts must, every all_of opened."""
    found: list[Condition] = []
    for part in parts:
        meant = opened(part, definitions)
        found += conjuncts(meant.parts, definitions) if isinstance(meant, AllOf) else (part,)
    return tuple(found)


def asks_a_person(condition: Condition, definitions: Mapping[str, Condition]) -> bool:
    """Say whether a judgement, or what a person is asked where it is not known, stands somewhere in a condition.

    definitions  those it may name; one that is not among them is taken to ask nobody.
    """
    if isinstance(condition, Defined):
        meant = definitions.get(condition.name)
        return meant is not None and asks_a_person(meant, definitions)
    inner = parts_of(condition)
    return isinstance(condition, Judgement | PersonWhereUnknown) or any(
        asks_a_person(part, definitions) for part in inner
    )


def scores_in(condition: Condition) -> tuple[Score, ...]:
    """Give every score table that stands in a condition, definitions left closed."""
    own = (condition,) if isinstance(condition, Score) else ()
    return (*own, *(score for part in parts_of(condition) for score in scores_in(part)))


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Give the conditions directly inside this one, in the order of the text; nothing for a leaf.

    What another enterprise is asked (`RelatedHas`) is no part: it says nothing of this one.
    """
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts) | CountOf(parts=parts):
            return parts
        case Negate(part=part) | PersonWhereUnknown(part=part):
            return (part,)
        case Branches(cases=cases, otherwise=otherwise):
            said = tuple(part for case in cases for part in (case.when, case.then))
            return said if otherwise is None else (*said, otherwise)
        case Score():
            return tuple(row.when for row in points_of(condition) if row.when is not None)
        case _:
            return ()


def points_of(score: Score) -> tuple[Points, ...]:
    """Give every row of a score table, in the order of the text."""
    return tuple(
        row for part in score.parts for indicator in part.indicators for row in indicator.rows
    )
