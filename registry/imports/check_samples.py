"""Trying the sample rows of a layout: each must come out as it says, or be refused as it says."""

from datetime import date
from pathlib import Path

from matching.engine.profile_text import ProfileTextError, fact_cell
from matching.language.problems import Problem
from matching.language.units import UnitError, whole_quantity
from matching.language.vocabulary import Fact, Vocabulary, fact_of_column
from registry.imports.errors import SheetRefused
from registry.imports.headers import plain_header
from registry.imports.layout import Layout, Sample
from registry.imports.meanings import fact_of
from registry.imports.sample_sheets import SHOWN_SIGNS, CameOut, Stored, came_out
from registry.imports.words import FLAGS, read_code_words, read_families, read_ledgers, read_lists

_SUMS = {"amount"}
_WAY_OUT = "改正样例，或改正版式"


class NotReadable(ValueError):
    """What a sample says must come out cannot be read; the message says why and what to write."""


def sample_problems(layout: Layout, path: Path, vocabulary: Vocabulary) -> list[Problem]:
    """Give what is wrong with the samples of a layout; none where every row comes out as it says."""
    return [
        Problem(file=str(path), line=0, where=f"samples[{number}]", what=what, way_out=way_out)
        for number, sample in enumerate(layout.samples)
        for what, way_out in _wrong(layout, sample, vocabulary)
    ]


def lacks(layout: Layout) -> str | None:
    """Say which kind of sample a layout has none of: one that goes in, one that is refused; None where it has both."""
    if not any(sample.taken and not sample.refused for sample in layout.samples):
        return "没有一行应当取用的样例"
    if not any(sample.refused for sample in layout.samples):
        return "没有一行应当拒绝的样例"
    return None


def _wrong(layout: Layout, sample: Sample, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    try:
        found = came_out(layout, sample, vocabulary)
    except SheetRefused as refused:
        return [(str(one), one.way_out) for one in refused.refusals]
    wrong = [*_wrong_values(layout, sample, found, vocabulary), *_wrong_refusals(sample, found)]
    if sample.taken != found.taken:
        what = "整行没有取用" if sample.taken else "这一行取用了，样例说不应取用"
        wrong.append((what, "改正样例，或写 taken: false"))
    return wrong


def _wrong_values(
    layout: Layout, sample: Sample, found: CameOut, vocabulary: Vocabulary
) -> list[tuple[str, str]]:
    wrong: list[tuple[str, str]] = []
    for key, said in sample.gives.items():
        try:
            due = _stored(layout, key, said, vocabulary)
        except NotReadable as unread:
            wrong.append((f"gives 的 {key}：{unread}", "按 gives 的写法改正"))
            continue
        if key not in found.values:
            wrong.append((f"应得出 {key} = {said}，却没有得出", _WAY_OUT))
        elif found.values[key] != due:
            got = found.values[key]
            wrong.append((f"应得出 {key} = {said}（{due}），却得出 {got}", _WAY_OUT))
    wrong += [
        (f"还得出了 {key} = {value}，样例没有写", f"在 gives 中写明 {key}")
        for key, value in found.values.items()
        if key not in sample.gives
    ]
    return wrong


def _wrong_refusals(sample: Sample, found: CameOut) -> list[tuple[str, str]]:
    refused = {plain_header(header): problem for header, problem in found.refused.items()}
    due = {plain_header(header): part for header, part in sample.refused.items()}
    wrong = [
        (f"“{header}”应当拒绝（{part}），却没有拒绝", _WAY_OUT)
        for header, part in due.items()
        if header not in refused
    ]
    wrong += [
        (f"“{header}”拒绝的原因应含“{due[header]}”，却是“{problem}”", _WAY_OUT)
        for header, problem in refused.items()
        if header in due and due[header] not in problem
    ]
    wrong += [
        (f"“{header}”被拒绝：{problem}", "改正样例，或在 refused 中写明")
        for header, problem in refused.items()
        if header not in due
    ]
    return wrong


def _stored(layout: Layout, key: str, text: str, vocabulary: Vocabulary) -> Stored:
    """Read what a sample says comes out, as it is stored; raises NotReadable."""
    fact = vocabulary.facts.get(fact_of_column(key)[0])
    if fact is not None:
        if fact.kind == "flag" and text.upper() in FLAGS:
            return FLAGS[text.upper()]
        try:
            value = fact_cell(key, text, vocabulary)
        except ProfileTextError as unread:
            raise NotReadable(unread.what) from unread
        if isinstance(value, date):
            return value.isoformat()
        return int(value) if isinstance(value, bool) else value
    field = fact_of(key, vocabulary, layout)
    if field is not None:
        return _field_value(field, text)
    if key in _SUMS:
        try:
            return whole_quantity(text, "money")
        except UnitError as unread:
            raise NotReadable(str(unread)) from unread
    return _word(layout, key, text, vocabulary)


def _field_value(field: Fact, text: str) -> Stored:
    """Read what a field of a record must be, as it is stored; raises NotReadable."""
    if field.kind in ("money", "number", "share"):
        try:
            return whole_quantity(text, field.kind, field.unit)
        except UnitError as unread:
            raise NotReadable(str(unread)) from unread
    if field.kind == "flag" and text.upper() in FLAGS:
        return FLAGS[text.upper()]
    if field.kind == "code":
        words = read_code_words([text], field, {key: key for key in field.values})
        return words.meant.get(text, text)
    return text


def _word(layout: Layout, key: str, text: str, vocabulary: Vocabulary) -> str:
    also = {
        word: meant
        for column in layout.columns
        if column.role == key
        for word, meant in column.words.items()
    }
    read = {
        "list": lambda: read_lists([text], vocabulary, also),
        "family": lambda: read_families([text], vocabulary, also),
        "ledger": lambda: read_ledgers([text]),
    }.get(key)
    if read is None:
        return text[-SHOWN_SIGNS:] if key == "item" else text
    words = read()
    if text not in words.meant:
        problem, way_out = words.problems[text]
        raise NotReadable(f"“{text}”{problem}；{way_out}")
    return words.meant[text]
