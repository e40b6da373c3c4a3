"""What moved too far, in words."""

from collections.abc import Sequence

from matching.language.data_names import DataNames
from matching.language.periods import period_in_words
from matching.language.units import QuantityKind, quantity_in_words
from matching.language.vocabulary import Fact, Vocabulary, column_name
from registry.imports.drift import Drift
from registry.imports.types import CleanSheet, Refusal

WAY_OUT = "核对单位、列和行数；确认无误后再导入（命令行加 --confirmed，网页勾选“已核对”）"


def drift_in_words(drift: Drift, vocabulary: Vocabulary) -> str:
    """Say what moved, from how much to how much."""
    if drift.fact is None:
        lost = (drift.before - drift.after) * 100 // drift.before
        return f"只有{drift.after:,}行，上一份同类表有{drift.before:,}行，少了{lost}%"
    fact = vocabulary.facts[drift.fact]
    label = DataNames(vocabulary).label(column_name(drift.fact, drift.period))
    what = "中位数" if drift.what == "median" else "合计"
    before, after = (_figure(one, fact) for one in (drift.before, drift.after))
    then = ""
    if drift.period != drift.period_before and drift.period_before is not None:
        then = f"{period_in_words(drift.period_before)}的"
    return (
        f"{label}的{what}是{after}，同样{drift.enterprises:,}家企业在此前的同类表中{then}是{before}"
    )


def drift_refusals(
    drifts: Sequence[Drift], sheet: CleanSheet, vocabulary: Vocabulary
) -> tuple[Refusal, ...]:
    """Refuse a sheet until somebody has confirmed that it may move so far."""
    letters = {
        column_name(one.fact.key, one.period): one for one in sheet.columns if one.fact is not None
    }
    refused: list[Refusal] = []
    for drift in drifts:
        at = letters.get(column_name(drift.fact, drift.period)) if drift.fact else None
        problem = f"{drift_in_words(drift, vocabulary)}，没有导入"
        letter, header = (at.letter, at.header) if at else ("", "")
        row = len(sheet.heading) if at else 0
        refused.append(sheet.grid.refusal(letter, row, problem, WAY_OUT, header))
    return tuple(refused)


def _figure(stored: int, fact: Fact) -> str:
    kinds: dict[str, QuantityKind] = {"money": "money", "share": "share"}
    return quantity_in_words(stored, kinds.get(fact.kind, "number"), fact.unit)
