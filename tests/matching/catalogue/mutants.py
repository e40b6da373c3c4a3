"""Slightly wrong versions of conditions and amounts: a limit one step off, an operator flipped, a part left out.

Each comes with words that say what was done to it, so that a test can name the version no example refutes.
"""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from matching.language.amounts import (
    Amount,
    Fixed,
    Highest,
    LessPaid,
    PerPoint,
    PerStep,
    PerUnit,
    Row,
    ShareOf,
    Total,
    Unstated,
)
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Compare,
    CompareTwo,
    Condition,
    CountOf,
    Dated,
    FirstOver,
    Flag,
    Growth,
    Listed,
    Negate,
    OneOf,
    Operator,
    Paid,
    Share,
    YearsSince,
)

changed = msgspec.structs.replace
DAY = timedelta(days=1)
TWINS: dict[Operator, tuple[Operator, Operator]] = {
    "at_least": ("more_than", "at_most"),
    "more_than": ("at_least", "less_than"),
    "at_most": ("less_than", "at_least"),
    "less_than": ("at_most", "more_than"),
}


def wrong_conditions(condition: Condition) -> Iterator[tuple[str, Condition]]:
    """Give every condition that differs from this one in a single place."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts) | CountOf(parts=parts):
            for place, part in enumerate(parts):
                for words, wrong in wrong_conditions(part):
                    altered = (*parts[:place], wrong, *parts[place + 1 :])
                    yield f"[{place}] {words}", changed(condition, parts=altered)
                if len(parts) > 1 and not isinstance(condition, CountOf):
                    left = (*parts[:place], *parts[place + 1 :])
                    yield f"without part {place}", changed(condition, parts=left)
            if len(parts) > 1 and isinstance(condition, AllOf):
                yield "any_of instead of all_of", AnyOf(parts=parts)
            if len(parts) > 1 and isinstance(condition, AnyOf):
                yield "all_of instead of any_of", AllOf(parts=parts)
        case Negate(part=part):
            yield "not negated", part
            for words, wrong in wrong_conditions(part):
                yield f"negate {words}", Negate(part=wrong)
        case Listed():
            yield from _wrong_listed(condition)
        case _:
            yield from _wrong_tests(condition)


def _wrong_tests(test: Condition) -> Iterator[tuple[str, Condition]]:
    match test:
        case Compare() | FirstOver() | CompareTwo() | Share() | Growth():
            yield from _wrong_limits(test)
        case Dated(operator=way, day=day):
            turned = "on_or_after" if way == "on_or_before" else "on_or_before"
            yield f"{turned} {day}", changed(test, operator=turned)
            yield f"{way} the day after {day}", changed(test, day=day + DAY)
            yield f"{way} the day before {day}", changed(test, day=day - DAY)
        case YearsSince(at_least=years):
            yield f"{years} + 1 years", changed(test, at_least=years + 1)
            yield f"{years} - 1 years", changed(test, at_least=years - 1)
        case OneOf(codes=codes):
            for code in codes if len(codes) > 1 else ():
                yield f"without {code}", changed(test, codes=tuple(c for c in codes if c != code))
        case Flag(expected=expected):
            yield f"{test.fact} is {not expected}", changed(test, expected=not expected)
        case Paid(family=family):
            yield f"paid another family than {family}", Paid(family=f"{family}-OTHER")
        case _:
            return


def _wrong_limits(
    test: Compare | FirstOver | CompareTwo | Share | Growth,
) -> Iterator[tuple[str, Condition]]:
    if isinstance(test, FirstOver):
        yield f"since {test.since} + 1", changed(test, since=test.since + 1)
    else:
        # For whole numbers the twin of a limit is the next limit, which comes below.
        others = TWINS[test.operator][1 if isinstance(test, Compare) else 0 :]
        for other in others:
            yield f"{other} for {test.operator}", changed(test, operator=other)
    for step in (1, -1):
        if isinstance(test, Compare | FirstOver):
            yield f"{test.operator} {test.limit} {step:+}", changed(test, limit=test.limit + step)
        elif isinstance(test, Share | Growth):
            wrong = changed(test, limit_bp=test.limit_bp + step)
            yield f"{test.operator} {test.limit_bp} {step:+} basis points", wrong


def _wrong_listed(test: Listed) -> Iterator[tuple[str, Condition]]:
    name = test.list
    for level in test.levels:
        left = tuple(other for other in test.levels if other != level)
        yield f"{name}: level {level} {'left out' if left else 'any'}", changed(test, levels=left)
    for batch in test.batches:
        left = tuple(other for other in test.batches if other != batch)
        yield f"{name}: batch {batch} {'left out' if left else 'any'}", changed(test, batches=left)
    if test.valid_on is not None:
        yield f"{name}: valid a day later", changed(test, valid_on=test.valid_on + DAY)
        yield f"{name}: valid a day earlier", changed(test, valid_on=test.valid_on - DAY)
    if test.since_by is not None:
        yield f"{name}: begun a day earlier", changed(test, since_by=test.since_by - DAY)
    if test.first_in is not None:
        first, last = test.first_in
        for words, days in (
            ("from a day later", (first + DAY, last)),
            ("from a day earlier", (first - DAY, last)),
            ("until a day later", (first, last + DAY)),
            ("until a day earlier", (first, last - DAY)),
        ):
            yield f"{name}: first {words}", changed(test, first_in=days)
    if test.first_year is not None:
        yield f"{name}: first a year earlier", changed(test, first_year=test.first_year - 1)
    if test.within_years is not None:
        years = test.within_years
        yield f"{name}: within {years} + 1 years", changed(test, within_years=years + 1)
        yield f"{name}: within {years} - 1 years", changed(test, within_years=years - 1)


def wrong_amounts(amount: Amount) -> Iterator[tuple[str, Amount]]:
    """Give every amount that differs from this one in a single place."""
    match amount:
        case Highest(rows=rows) | Total(rows=rows):
            yield from _wrong_rows(amount, rows)
        case LessPaid(family=family, amount=inner):
            yield "nothing taken off", inner
            for words, wrong in wrong_amounts(inner):
                yield words, LessPaid(family=family, amount=wrong)
        case Fixed(cents=cents):
            yield f"{cents} + 1 分", Fixed(cents=cents + 1)
        case ShareOf(share_bp=share):
            yield f"{share} + 1 basis point", changed(amount, share_bp=share + 1)
            yield from _wrong_cap(amount)
        case PerUnit(cents=cents) | PerPoint(cents=cents):
            yield f"{cents} + 1 分 each", changed(amount, cents=cents + 1)
            yield from _wrong_cap(amount)
        case PerStep(cents=cents, beyond=beyond, step=step):
            yield f"{cents} + 1 分 a step", changed(amount, cents=cents + 1)
            yield "beginning 1 分 later", changed(amount, beyond=beyond + 1)
            yield "steps 1 分 wider", changed(amount, step=step + 1)
        case Unstated():
            yield from _wrong_cap(amount)
        case _:
            return


def _wrong_rows(amount: Highest | Total, rows: tuple[Row, ...]) -> Iterator[tuple[str, Amount]]:
    for place, row in enumerate(rows):
        versions = [(words, Row(row.when, wrong)) for words, wrong in wrong_amounts(row.amount)]
        if row.when is not None:
            versions += [(words, Row(w, row.amount)) for words, w in wrong_conditions(row.when)]
            versions.append(("whatever its condition", Row(None, row.amount)))
        for words, version in versions:
            altered = (*rows[:place], version, *rows[place + 1 :])
            yield f"row {place}: {words}", changed(amount, rows=altered)
        if len(rows) > 1:
            left = (*rows[:place], *rows[place + 1 :])
            yield f"without row {place}", changed(amount, rows=left)
    if len(rows) > 1:
        yield "the other way to combine", (Total if isinstance(amount, Highest) else Highest)(rows)


def _wrong_cap(amount: ShareOf | PerUnit | PerPoint | Unstated) -> Iterator[tuple[str, Amount]]:
    if amount.cap_cents is not None:
        yield f"cap {amount.cap_cents} + 1 分", changed(amount, cap_cents=amount.cap_cents + 1)
        yield f"cap {amount.cap_cents} - 1 分", changed(amount, cap_cents=amount.cap_cents - 1)
