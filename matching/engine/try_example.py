"""Running the examples an item carries: the file is the specification."""

from datetime import date

import msgspec

from matching.engine.explain import Explanation, explain
from matching.engine.match import EXPECTED_CODES, VERDICT_WORDS
from matching.engine.profile_text import ProfileTextError, population_of_texts
from matching.engine.single.single import Single
from matching.language.conditions import Condition
from matching.language.items import Example, Item
from matching.language.problems import Problem
from matching.language.units import money_in_words
from matching.language.vocabulary import Vocabulary


class Tried(msgspec.Struct, frozen=True):
    """What came out of an example, and what is wrong with that; None: as expected."""

    explanation: Explanation | None
    problem: Problem | None


def example_day(item: Item, example: Example) -> date:
    """Give the run day of an example: its own, else the item's evidence day, else its first valid day."""
    if example.on is not None:
        return example.on
    if item.decided is not None:
        return item.decided.since
    return item.evidence_day or item.valid.since


def try_example(
    item: Item, example: Example, vocabulary: Vocabulary, definitions: dict[str, Condition]
) -> Tried:
    """Run one example; its facts are laid over the item's background."""
    try:
        population = population_of_texts([{**item.background, **example.given}], vocabulary)
    except ProfileTextError as wrong:
        return Tried(None, _problem(item, example, str(wrong), "按事实的单位和词书写"))
    day = example_day(item, example)
    found = explain((item,), Single(population, vocabulary, definitions, day), day)[0]
    return Tried(found, _difference(item, example, found))


def _difference(item: Item, example: Example, found: Explanation) -> Problem | None:
    expected = EXPECTED_CODES[example.expect]
    if found.verdict != expected:
        said = f"应为{VERDICT_WORDS[expected]}，实为{VERDICT_WORDS[found.verdict]}"
        if found.missing:
            said += f"（缺 {'、'.join(found.missing)}）"
        return _problem(item, example, said, "核对条件与例子哪个写错了")
    if example.amount is not None and example.amount != (found.low_cents, found.high_cents):
        said = f"金额应为{_range(*example.amount)}，实为{_range(found.low_cents, found.high_cents)}"
        return _problem(item, example, said, "核对金额与例子哪个写错了")
    if example.missing is not None and example.missing != found.missing:
        said = f"缺失数据应为 {'、'.join(example.missing)}，实为 {'、'.join(found.missing) or '无'}"
        return _problem(item, example, said, "核对 missing")
    return None


def _range(low: int, high: int | None) -> str:
    if low == high:
        return money_in_words(low)
    return f"{money_in_words(low)}..{money_in_words(high) if high is not None else ''}"


def _problem(item: Item, example: Example, what: str, way_out: str) -> Problem:
    return Problem(
        file=item.file,
        line=example.line,
        where=f"examples “{example.name}”",
        what=what,
        way_out=way_out,
    )
