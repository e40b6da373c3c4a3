"""Sets of changes in plain Chinese, one line a change."""

from datetime import date

import msgspec

from matching.engine.gap_change import OPPOSITE
from matching.engine.gap_types import Change, GapSet, Why
from matching.language.conditions import (
    Compare,
    CompareTwo,
    FirstOver,
    Flag,
    Growth,
    Judgement,
    Operator,
    Share,
)
from matching.language.data_names import DataNames
from matching.language.quantities import Quantity, Value
from matching.language.wording import SIGNS, Words

WHY: dict[Why, str] = {
    "used_up": "已经发生过，不能重来",
    "past": "要求的日子已过",
    "closed": "期间已结束，数已定",
    "given": "不会改变",
    "evidence_day": "判定日固定，等也不会满足",
    "over_by_then": "到那时事项已结束",
}


def gap_in_words(found: GapSet, words: Words) -> tuple[str, ...]:
    """Say one set, a line a change; data that are missing are named once each."""
    return tuple(dict.fromkeys(line for one in found.changes for line in _lines(one, words)))


def _lines(change: Change, words: Words) -> tuple[str, ...]:
    match change.kind:
        case "datum":
            names = DataNames(words.vocabulary)
            return tuple(
                f"缺 {names.label(name)}，归{names.owner(name)}" for name in change.missing
            )
        case "time":
            when = f"{change.day}起" if change.day is not None else "期满后"
            then = words if change.day is None else _seen_from(change.day, words)
            return (f"只需等待：{when}{_wanted(change, then)}",)
        case "firm":
            when = f"，{change.day}起看下一年的数" if change.day is not None else ""
            return (f"{_to_do(change, words)}{when}",)
        case "person":
            text = change.test.text if isinstance(change.test, Judgement) else ""
            return (f"需人工认定：{'' if change.holds else '不属于'}{text}",)
        case "fixed":
            said = WHY[change.why] if change.why is not None else ""
            when = f"，{change.day}" if change.day is not None else ""
            return (f"无法改变：{_to_do(change, words)}（{said}{when}）",)


def _seen_from(day: date, words: Words) -> Words:
    """Say years and days as they will be called then."""
    return Words(words.vocabulary, words.definitions, day)


def _wanted(change: Change, words: Words) -> str:
    """Say the test as it has to come out: not below a limit rather than not above it."""
    if change.holds:
        return words.condition(change.test)
    match change.test:
        case Compare() | CompareTwo() | Share() | Growth():
            turned = OPPOSITE[change.test.operator]
            return words.condition(msgspec.structs.replace(change.test, operator=turned))
        case Flag(expected=expected):
            return words.condition(msgspec.structs.replace(change.test, expected=not expected))
        case _:
            said = words.condition(change.test)
            return f"不{said}" if said.startswith("在") else f"不属于：{said}"


def _to_do(change: Change, words: Words) -> str:
    """Say what has to come about: with the amount where one is known."""
    figure = _figure(change)
    if figure is None or change.amount is None:
        return _wanted(change, words)
    quantity, operator = figure
    asked = operator if change.holds else OPPOSITE[operator]
    way = "还差" if asked in ("at_least", "more_than") else "超出"
    amount = words.figure_of(quantity.fact, change.amount)
    return f"{words.quantity(quantity)}{way}{amount}（{_limit(change, asked, words)}）"


def _limit(change: Change, asked: Operator, words: Words) -> str:
    match change.test:
        case Compare(quantity=quantity, limit=limit):
            return f"须{SIGNS[asked]}{words.figure_of(quantity.fact, limit)}"
        case FirstOver(fact=fact, limit=limit):
            reached = "首次达到" if asked == "at_least" else "首次超过"
            return f"须{reached if change.holds else SIGNS[asked]}{words.figure_of(fact, limit)}"
        case _:
            return f"须{_wanted(change, words)}"


def _figure(change: Change) -> tuple[Quantity, Operator] | None:
    """Give the figure that has to change, and which way its test looks."""
    match change.test:
        case Compare(quantity=quantity, operator=operator):
            return quantity, operator
        case CompareTwo(quantity=quantity, operator=operator):
            return quantity, operator
        case Share(part=quantity, operator=operator):
            return quantity, operator
        case Growth(now=quantity, operator=operator):
            return quantity, operator
        case FirstOver(fact=fact, period=period, operator=operator):
            return Value(fact, period), operator
        case _:
            return None
