"""Words that need a person: judgement words where a rule would decide, and ties to where a firm is registered."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import yaml

from matching.catalogue.lines import Lines
from matching.catalogue.walk import Placed, all_at, rows_at
from matching.language.amounts import NonCash, amounts_in
from matching.language.conditions import Condition, Judgement, OneOf
from matching.language.items import Item
from matching.language.problems import Finding, Rule

PLACES_OF_TIES = ("tax_place", "statistics_place")
"""Facts that say where an enterprise pays tax or is counted; the place it is registered in is no such tie."""
TIE = "2025年公平竞争审查实施办法不许以迁入、在本地纳税或在本地统计作为奖补条件"


class WatchWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of watch_words.yml."""

    judgement: tuple[str, ...]
    jurisdiction: tuple[str, ...]


@cache
def watch_words() -> WatchWords:
    """Give the words that come with the project."""
    text = (Path(__file__).parent / "watch_words.yml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), WatchWords)


def word_findings(item: Item, text: str) -> tuple[Finding, ...]:
    """Give every judgement word outside a judgement, and every tie to a place, of an item file."""
    lines = Lines(text)

    def finding(rule: Rule, where: str, what: str, way_out: str) -> Finding:
        return Finding(
            file=item.file,
            line=lines.at(where),
            where=where,
            what=what,
            way_out=way_out,
            item=item.id,
            rule=rule,
        )

    found = [
        finding(
            "judgement_word",
            where,
            f"“{said}”里的“{word}”要由人判断，却不在 judgement 里",
            "写成 judgement，或写出可以核对的指标和界限",
        )
        for where, said, word in _judged(item)
    ]
    found += [
        finding("jurisdiction", where, f"{what}：{TIE}", "先做公平竞争审查；条款只作标记，不作条件")
        for where, what in _ties(item)
    ]
    return tuple(dict.fromkeys(found))


def ties_to_place(item: Item) -> bool:
    """Say whether an item ties its award to where an enterprise pays tax or is counted, or to its moving."""
    return any(True for _ in _ties(item))


def _written(item: Item) -> Iterator[Placed]:
    yield from all_at(item.condition, "condition")
    for placed in rows_at(item.amount, "amount"):
        if placed.row.when is not None:
            yield from all_at(placed.row.when, f"{placed.where}.when")


def _judged(item: Item) -> Iterator[tuple[str, str, str]]:
    """Give where, the text and the word."""
    judgements = [p.condition.text for p in _written(item) if isinstance(p.condition, Judgement)]
    texts = [("title", item.title, "".join(judgements))]
    texts += [
        (f"{placed.where}.label", placed.condition.label, _judgements_in(placed))
        for placed in _written(item)
        if placed.condition.label is not None
    ]
    texts += [
        ("amount", part.benefit, "")
        for part in amounts_in(item.amount)
        if isinstance(part, NonCash)
    ]
    for where, said, judged in texts:
        for word in watch_words().judgement:
            if word in said and word not in judged:
                yield where, said, word


def _judgements_in(placed: Placed) -> str:
    inner = (part.condition for part in all_at(placed.condition, placed.where))
    return "".join(_text(part) for part in inner if isinstance(part, Judgement))


def _text(judgement: Judgement) -> str:
    return judgement.text + (judgement.label or "")


def _ties(item: Item) -> Iterator[tuple[str, str]]:
    """Give where and what of each clause that ties the award to a place."""
    for placed in _written(item):
        condition = placed.condition
        if isinstance(condition, OneOf) and condition.fact in PLACES_OF_TIES:
            yield placed.where, "条件要求在本地纳税或统计"
        yield from _tied(placed.where, _said(condition))
    for place, said in enumerate(item.notes):
        yield from _tied(f"notes[{place}]", said)
    for place, clause in enumerate(item.exclusive):
        yield from _tied(f"exclusive[{place}]", clause.basis + (clause.reading or ""))


def _said(condition: Condition) -> str:
    said = condition.text if isinstance(condition, Judgement) else ""
    return said + (condition.label or "")


def _tied(where: str, said: str) -> Iterator[tuple[str, str]]:
    for word in watch_words().jurisdiction:
        if word in said:
            yield where, f"“{said}”涉及“{word}”"
            return
