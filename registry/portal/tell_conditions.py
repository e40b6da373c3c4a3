"""The rule of an item as it is drawn: its conditions in words, each with its parts."""

import msgspec

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.match import whole_condition
from matching.language.conditions import (
    AllOf,
    AnyOf,
    Branches,
    Condition,
    CountOf,
    Defined,
    Negate,
    PersonWhereUnknown,
    Score,
    ScorePart,
    parts_of,
)
from matching.language.items import Item
from matching.language.score_wording import (
    indicator_heading,
    limit_in_words,
    part_heading,
    row_in_words,
)
from matching.language.wording import Words


class ConditionView(msgspec.Struct, frozen=True, kw_only=True):
    """One condition in words, with its parts."""

    sentence: str
    parts: tuple["ConditionView", ...] = ()


def heading(condition: Condition) -> str:
    """Say how the parts of a group stand together."""
    match condition:
        case AnyOf():
            return "以下满足一项即可"
        case CountOf(at_least=least):
            return f"以下至少满足{least}项"
        case Negate():
            return "不属于以下情形"
        case PersonWhereUnknown():
            return "数据没有给到或没有证明的，由人工核验"
        case Branches():
            return "按所属情形判定"
        case Score():
            return limit_in_words(condition)
        case _:
            return "以下全部满足"


def denied(sentence: str) -> str:
    """Say that a sentence must not hold."""
    return f"不{sentence}" if sentence.startswith("在") else f"不属于：{sentence}"


def surroundings(condition: Condition) -> tuple[tuple[str, str], ...]:
    """Give what stands before and after the sentence of each part of a group."""
    match condition:
        case Branches(cases=cases, otherwise=otherwise):
            last = () if otherwise is None else (("其余须：", ""),)
            return (*(("若：", ""), ("则须：", "")) * len(cases), *last)
        case Score(parts=parts):
            return tuple(
                (f"{part.name} · {indicator.name}：", f"，得{row.points}分")
                for part in parts
                for indicator in part.indicators
                for row in indicator.rows
                if row.when is not None
            )
        case _:
            return (("", ""),) * len(parts_of(condition))


def item_conditions(item: Item, catalogue: Catalogue, words: Words) -> tuple[ConditionView, ...]:
    """Tell the conditions of an item that must all hold, the area of its authority first."""
    whole = whole_condition(item, catalogue.vocabulary.places.root)
    view = _condition(whole, catalogue, words)
    return view.parts if isinstance(whole, AllOf) else (view,)


def _condition(condition: Condition, catalogue: Catalogue, words: Words) -> ConditionView:
    opened = condition
    if isinstance(condition, Defined):
        opened = catalogue.definitions[condition.name]
    inner = parts_of(opened)
    label = condition.label or opened.label
    if isinstance(opened, Score):
        parts = tuple(_score_part(part, words) for part in opened.parts)
        return ConditionView(sentence=label or heading(opened), parts=parts)
    if not inner:
        return ConditionView(sentence=words.condition(condition))
    if isinstance(opened, Negate) and not parts_of(inner[0]):
        return ConditionView(sentence=label or denied(words.condition(inner[0])))
    views: list[ConditionView] = []
    for part, (before, after) in zip(inner, surroundings(opened), strict=True):
        view = _condition(part, catalogue, words)
        view = msgspec.structs.replace(view, sentence=f"{before}{view.sentence}{after}")
        flat = isinstance(opened, AllOf) and isinstance(part, AllOf) and part.label is None
        views += view.parts if flat else (view,)
    return ConditionView(sentence=label or heading(opened), parts=tuple(views))


def _score_part(part: ScorePart, words: Words) -> ConditionView:
    """Tell a part of a score table: an indicator a line, below it its rows of points."""
    return ConditionView(
        sentence=part_heading(part),
        parts=tuple(
            ConditionView(
                sentence=indicator_heading(indicator),
                parts=tuple(
                    ConditionView(sentence=row_in_words(indicator, place, words.condition))
                    for place in range(len(indicator.rows))
                ),
            )
            for indicator in part.indicators
        ),
    )
