"""Conditions in the language of zen-engine, over complete data: whole numbers, words and lists of entries.

Zen knows two truths and no dates, places or titles. So a day is handed over as a whole number, a place or an
industry as its code, a list as its entries with their first and last days; what a condition means by them is
said here a second time, from the docstrings of the language. A judgement has no answer in the data: each
condition is said twice, with every judgement answered against it and with every one answered for it.
"""

import json
import re
from datetime import date, timedelta

from matching.catalogue.load_catalogue import Catalogue, leaves
from matching.engine.match import whole_condition
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    Case,
    Compare,
    CompareTwo,
    Condition,
    CountOf,
    Dated,
    Defined,
    FirstOver,
    Flag,
    Growth,
    Judgement,
    Listed,
    Negate,
    OneOf,
    Paid,
    PersonWhereUnknown,
    Score,
    ScorePart,
    Share,
    YearsSince,
)
from matching.language.items import Item
from matching.language.quantities import OverLedger, OverMonths, Quantity, Value
from tests.matching.agreement.hand_over import zen_name
from tests.matching.engine.reference_lists import months_earlier

SAID = (
    *(AllOf, AnyOf, Negate, CountOf, Branches, Score, Defined, Judgement),
    *(Compare, CompareTwo, Share, Growth, FirstOver, Dated, YearsSince, OneOf, Flag, Listed, Paid),
)
"""The kinds zen can be told; those that look at other enterprises or at single persons and loans it cannot."""
SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}


def can_be_said(item: Item, catalogue: Catalogue) -> bool:
    """Say whether zen can be told the whole of an item's condition."""
    tests = leaves(item.condition, catalogue.definitions)
    numbers = [number for test in tests for number in _numbers(test)]
    return all(isinstance(test, SAID) for test in tests) and not any(
        isinstance(number, OverLedger) for number in numbers
    )


def _numbers(test: Condition) -> tuple[Quantity, ...]:
    match test:
        case Compare(quantity=one):
            return (one,)
        case CompareTwo(quantity=one, other=two) | Share(part=one, whole=two):
            return one, two
        case Growth(now=one, before=two):
            return one, two
        case _:
            return ()


class Saying:
    """Says conditions for one catalogue on one evidence day."""

    def __init__(self, catalogue: Catalogue, on: date) -> None:
        self.catalogue = catalogue
        self.on = on

    def both(self, item: Item) -> tuple[str, str]:
        """Say the item with its judgements answered against it, and for it."""
        whole = whole_condition(item, self.catalogue.vocabulary.places.root)
        return self.say(whole, answer=False), self.say(whole, answer=True)

    def say(self, condition: Condition, *, answer: bool) -> str:  # noqa: C901  one case a kind
        """Say a condition, its judgements answered so that they hold it back or help it along."""
        match condition:
            case Judgement():
                return json.dumps(answer)
            case Defined(name=name):
                return self.say(self.catalogue.definitions[name], answer=answer)
            case AllOf(parts=parts):
                return " and ".join(f"({self.say(part, answer=answer)})" for part in parts)
            case AnyOf(parts=parts):
                return " or ".join(f"({self.say(part, answer=answer)})" for part in parts)
            case PersonWhereUnknown(part=part):  # zen's data are complete: nothing is not known
                return self.say(part, answer=answer)
            case Negate(part=part):
                return f"not ({self.say(part, answer=not answer)})"
            case CountOf(at_least=least, parts=parts):
                ones = (f"(({self.say(part, answer=answer)}) ? 1 : 0)" for part in parts)
                return f"{' + '.join(ones)} >= {least}"
            case Branches(cases=cases, otherwise=otherwise):
                rest = "false" if otherwise is None else self.say(otherwise, answer=answer)
                for case in reversed(cases):
                    rest = self._case(case, rest, answer=answer)
                return rest
            case Score():
                return self._score(condition, answer=answer)
            case Listed():
                return self._listed(condition)
            case _:
                return self._test(condition)

    def _case(self, case: Case, rest: str, *, answer: bool) -> str:
        """Say a case and what else decides; where a person says whether it applies, either may."""
        then = self.say(case.then, answer=answer)
        surely, possibly = self.say(case.when, answer=False), self.say(case.when, answer=True)
        if surely == possibly:
            return f"({surely}) ? ({then}) : ({rest})"
        either = f"({then}) {'or' if answer else 'and'} ({rest})"
        return f"({surely}) ? ({then}) : (({possibly}) ? ({either}) : ({rest}))"

    def _score(self, score: Score, *, answer: bool) -> str:
        """Say a table of points: more rows that hold never give less."""
        parts = [self._part(part, answer=answer) for part in score.parts]
        sign = SIGNS[score.operator]
        minima = [
            f"{said} >= {part.at_least}"
            for said, part in zip(parts, score.parts, strict=True)
            if part.at_least is not None
        ]
        return " and ".join([f"{_at_most(_sum(parts), score.most)} {sign} {score.limit}", *minima])

    def _part(self, part: ScorePart, *, answer: bool) -> str:
        said: list[str] = []
        for indicator in part.indicators:
            rows = [
                f"(({self.say(row.when, answer=answer)}) ? {row.points} : 0)"
                if row.when
                else str(row.points)
                for row in indicator.rows
            ]
            best = f"max([0, {', '.join(rows)}])"
            summed = _at_most(_sum(rows), indicator.most)
            said.append(best if indicator.take == "highest" else summed)
        return _at_most(_sum(said), part.most)

    def _test(self, test: Condition) -> str:  # noqa: C901  one case a kind
        match test:
            case Compare(quantity=quantity, operator=operator, limit=limit):
                return f"{self._number(quantity)} {SIGNS[operator]} {limit}"
            case CompareTwo(quantity=one, operator=operator, other=two):
                return f"{self._number(one)} {SIGNS[operator]} {self._number(two)}"
            case Share(part=part, whole=whole, operator=operator, limit_bp=limit):
                return _ratio(self._number(part), operator, self._number(whole), 10_000, limit)
            case Growth(now=now, before=before, operator=operator, limit_bp=limit, years=years):
                times, grown = 10_000**years, (10_000 + limit) ** years
                return _ratio(self._number(now), operator, self._number(before), times, grown)
            case FirstOver():
                return self._first_over(test)
            case Dated(fact=fact, period=period, operator=way, day=day):
                sign = "<=" if way == "on_or_before" else ">="
                return f"{self._column(fact, period)} {sign} {day.toordinal()}"
            case YearsSince(fact=fact, at_least=years):
                return f"{zen_name(fact)} <= {latest_begin(self.on, years).toordinal()}"
            case OneOf(fact=fact, period=period, codes=codes):
                return self._one_of(self._column(fact, period), fact, codes)
            case Flag(fact=fact, period=period, expected=expected):
                return f"{self._column(fact, period)} == {json.dumps(expected)}"
            case Paid(family=family):
                return f"len({zen_name(f'paid:{family}')}) > 0"
            case _:
                raise TypeError(test)

    def _column(self, fact: str, period: str | None) -> str:
        if period is None:
            return zen_name(fact)
        year = self.on.year + int(period) if period.startswith("-") else period
        return zen_name(f"{fact}@{year}")

    def _number(self, quantity: Quantity) -> str:
        if isinstance(quantity, Value):
            return self._column(quantity.fact, quantity.period)
        assert isinstance(quantity, OverMonths)
        months = [zen_name(f"{quantity.fact}@{month}") for month in _months(quantity)]
        listed = f"[{', '.join(months)}]"
        if quantity.take == "mean":
            # Twelve months rarely add up to a multiple of twelve: zen keeps 28 digits.
            return f"sum({listed}) / {len(months)}"
        return f"{quantity.take}({listed})"

    def _first_over(self, test: FirstOver) -> str:
        year = self.on.year + int(test.period) if test.period.startswith("-") else int(test.period)
        said = [f"{zen_name(f'{test.fact}@{year}')} {SIGNS[test.operator]} {test.limit}"]
        for before in range(test.since, year):
            passed = f"{zen_name(f'{test.fact}@{before}')} {SIGNS[test.operator]} {test.limit}"
            unborn = f"{zen_name('registered_on')} > {date(before, 12, 31).toordinal()}"
            said.append(f"({unborn} or not ({passed}))")
        return " and ".join(said)

    def _one_of(self, column: str, fact: str, codes: tuple[str, ...]) -> str:
        tree = self.catalogue.vocabulary.facts[fact].tree
        if tree is None:
            return f"{column} in {_words(codes)}"
        return " or ".join(
            f"startsWith({column}, {json.dumps(_stem(code) if tree == 'places' else code)})"
            for code in codes
        )

    def _listed(self, test: Listed) -> str:
        name, tests = zen_name(test.list), _fits(test)
        if test.first_in is not None or test.first_year is not None:
            year = self.on.year + (test.first_year or 0)
            first, last = test.first_in or (date(year, 1, 1), date(year, 12, 31))
            within = [*tests, *_between(first, last), f"#.left > {self.on.toordinal()}"]
            earlier = [*tests, f"#.since < {first.toordinal()}"]
            return f"{_some(name, within)} and not {_some(name, earlier)}"
        if test.within_years is not None or test.within_months is not None:
            last = test.valid_on or self.on
            oldest = years_earlier(last, test.within_years or 0)
            if test.within_months is not None:
                oldest = months_earlier(last, test.within_months)
            return _some(name, [*tests, *_between(oldest, last)])
        day = (test.valid_on or self.on).toordinal()
        if test.since_by is not None:
            tests.append(f"#.since <= {test.since_by.toordinal()}")
        if test.still or test.since_by is None:
            tests.append(f"#.since <= {day}")
        if test.still:
            tests += [f"#.until >= {day}", f"#.left > {day}"]
        return _some(name, tests)


def _sum(numbers: list[str]) -> str:
    return f"({' + '.join(numbers)})"


def _at_most(number: str, most: int | None) -> str:
    return number if most is None else f"min([{number}, {most}])"


def _ratio(part: str, operator: str, whole: str, times: int, limit: int) -> str:
    return f"{whole} > 0 and {part} * {times} {SIGNS[operator]} {whole} * {limit}"


def _months(quantity: OverMonths) -> list[str]:
    year, month = int(quantity.first[:4]), int(quantity.first[5:])
    months: list[str] = []
    while f"{year:04d}-{month:02d}" <= quantity.last:
        months.append(f"{year:04d}-{month:02d}")
        year, month = year + month // 12, month % 12 + 1
    return months


def _stem(place: str) -> str:
    """Give the digits every place inside has in common: 410000 → 41, 000000 → none."""
    return re.sub(r"(00)+$", "", place)


def _fits(test: Listed) -> list[str]:
    asked = {"level": test.levels, "batch": test.batches}
    return [f"#.{word} in {_words(said)}" for word, said in asked.items() if said]


def _words(said: tuple[str, ...]) -> str:
    """List words as zen reads them: it takes Chinese as it stands, and no escapes."""
    return json.dumps(said, ensure_ascii=False)


def _between(first: date, last: date) -> list[str]:
    return [f"#.since >= {first.toordinal()}", f"#.since <= {last.toordinal()}"]


def _some(name: str, tests: list[str]) -> str:
    return f"some({name}, {' and '.join(tests)})"


def years_earlier(day: date, years: int) -> date:
    """Give the same day so many years ago; 29 February becomes 28 February."""
    leap = (day.month, day.day) == (2, 29)
    return date(day.year - years, day.month, 28) if leap else day.replace(year=day.year - years)


def latest_begin(on: date, years: int) -> date:
    """Give the last day from which so many full years have passed by a day."""
    if (on.month, on.day) == (2, 29):
        return date(on.year - years, 3, 1) - timedelta(days=1)
    return on.replace(year=on.year - years)
