"""What somebody says a value should be, read as the value of its fact; refused with the way out where it cannot be."""

import polars as pl

from matching.language.periods import kind_of_period
from matching.language.units import UnitError, whole_quantity
from matching.language.vocabulary import PERIOD_WORDS, Fact, Vocabulary, fact_of_column
from registry.corrections.types import CorrectionRefused
from registry.imports.columns import reading_of
from registry.imports.layout import Column
from registry.imports.texts import BLANK_BUT_NONE
from registry.imports.types import BoundColumn

_LETTER = "A"


def fact_asked(column: str, vocabulary: Vocabulary) -> Fact:
    """Give the fact a column fact[@period] speaks of; raises CorrectionRefused where it is none."""
    key, period = fact_of_column(column)
    fact = vocabulary.facts.get(key)
    if fact is None:
        raise CorrectionRefused(f"没有“{key}”这个指标，也没有这个名录；请从企业页面上的数据旁进入")
    if (kind_of_period(period) if period else "none") != fact.period:
        raise CorrectionRefused(
            f"“{fact.label}”的期间应写成{PERIOD_WORDS[fact.period]}，不能是“{period or '无'}”"
        )
    return fact


def owner_of(column: str, vocabulary: Vocabulary) -> str:
    """Give the department whose word counts for a fact or a list: it decides about corrections."""
    listed = vocabulary.lists.get(column)
    if listed is not None:
        return listed.department
    fact = fact_asked(column, vocabulary)
    return (fact.sources or (fact.department,))[0]


def read_value(text: str, fact: Fact, vocabulary: Vocabulary) -> int | str:
    """Read "1,200 万元", "是", "2019-05-18" or "中原区" as a stored value of the fact.

    Raises CorrectionRefused, with what to write instead.
    """
    text = text.strip()
    if not text or text in BLANK_BUT_NONE:
        raise CorrectionRefused(f"没有写“{fact.label}”应是多少；请照证明材料填写")
    if fact.kind in {"money", "number", "share"}:
        try:
            return whole_quantity(text, fact.kind, fact.unit)
        except UnitError as wrong:
            raise CorrectionRefused(f"“{fact.label}”：{wrong}") from wrong
    bound = BoundColumn(letter=_LETTER, header=fact.label, column=Column(fact=fact.key), fact=fact)
    texts = pl.Series(_LETTER, [text])
    reading = reading_of(bound, texts, vocabulary)
    value: int | str | None = texts.to_frame().select(reading.values.alias("value")).item()
    if value is None:
        problem, way_out = reading.explain(text)
        raise CorrectionRefused(f"“{fact.label}”：{problem}；{way_out}")
    return value
