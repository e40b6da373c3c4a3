"""Item files for tests: a whole good one, and the same with parts of it replaced."""

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.conditions import Condition
from matching.language.items import Item
from matching.language.problems import LanguageError, Problem
from matching.language.read_item import read_item

VOCABULARY = shipped_vocabulary()
PARTS = {
    "id": "p00-test",
    "policy": "P00",
    "title": "测试事项",
    "version": '"2026"',
    "mark": "verified",
    "status": "published",
    "document": "{number: 〔2026〕1号, issuer: 市政府, article: 一, source: 原文}",
    "department": "industry",
    "area": "郑州市",
    "valid": "{from: 2026-01-01, until: 2026-12-31}",
    "repeat": "once",
    "condition": "{fact: status, one_of: [active]}",
    "amount": "{fixed: 10 万元}",
    "examples": (
        "[{name: 存续, given: {status: active}, expect: met},"
        " {name: 注销, given: {status: cancelled}, expect: unmet}]"
    ),
}


def item_text(**replaced: str | None) -> str:
    """Give an item file, one line a key; None leaves a key out."""
    parts = {key: replaced.get(key, text) for key, text in {**PARTS, **replaced}.items()}
    return "".join(f"{key}: {text}\n" for key, text in parts.items() if text is not None)


def item(**replaced: str | None) -> Item:
    """Read a good item file."""
    return read_item(item_text(**replaced), "made.yml", VOCABULARY, frozenset({"good_standing"}))


def condition(text: str) -> Condition:
    """Read a good condition."""
    return item(condition=text).condition


def problems(**replaced: str | None) -> tuple[Problem, ...]:
    """Give the problems of an item file; none where it can be read."""
    try:
        item(**replaced)
    except LanguageError as refused:
        return refused.problems
    return ()


def line_of(key: str) -> int:
    """Say on which line of a made file a key stands."""
    return list(PARTS).index(key) + 1
