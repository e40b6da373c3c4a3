"""Reading an item file: all its problems at once, or an Item."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

import msgspec

from matching.language.items import MARKS, REPEATS, Days, Document, Item
from matching.language.problems import LanguageError, Problem
from matching.language.read_amount import read_amount
from matching.language.read_condition import read_condition
from matching.language.read_document import read_item_document
from matching.language.read_example import read_background, read_examples
from matching.language.read_exclusive import read_exclusive
from matching.language.read_guide import read_data, read_guide
from matching.language.reading import Reader, Unreadable
from matching.language.size import MOST_WRITTEN, size_of
from matching.language.vocabulary import Vocabulary
from matching.language.yaml_tree import Block, Tree, read_tree

NEEDED = (
    "id", "policy", "title", "version", "mark", "status", "document", "department",
    "area", "valid", "repeat", "condition", "amount", "examples",
)  # fmt: skip
OPTIONAL = (
    "item", "article", "phone", "guide", "data", "family", "decided", "evidence_day", "review_by",
    "exclusive", "supersedes", "notes", "background",
)  # fmt: skip
DERIVED = {
    "mode": "办理方式由条件和数据来源推出，不能填写；要改它，改数据的来源或把人工判断写成条件",
    "readiness": "就绪分由条件、数据和例子算出，不能填写；怎样提高见 registry catalogue modes",
    "standing": "状态由日期推出，不能填写；改 valid、decided 或 review_by",
}
"""What follows from the rest of an item, and what to change instead of typing it."""
ID_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def read_item(
    text: str,
    file: str,
    vocabulary: Vocabulary,
    definitions: frozenset[str],
    documents: Mapping[str, Document] = MappingProxyType({}),
) -> Item:
    """Read one item file; raises LanguageError with every problem in it."""
    tree = read_tree(text, file)
    if isinstance(tree, Problem):
        raise LanguageError([tree])
    reader = Reader(file, vocabulary, definitions, documents)
    try:
        item = _item(reader, tree)
    except Unreadable:
        raise LanguageError(reader.problems) from None
    if reader.problems:
        raise LanguageError(reader.problems)
    return item


def _item(reader: Reader, tree: Tree) -> Item:
    block = reader.block(tree, "")
    reader.only(block, "", (*NEEDED, *OPTIONAL, *DERIVED))
    _keys_that_are_written(reader, block)
    fields: dict[str, object] = {"file": reader.file}
    for key, tree_of_key in block.entries.items():
        if key == "document":
            fields[key] = read_item_document(reader, block)
        elif key in FIELDS:
            try:
                fields[key] = FIELDS[key](reader, tree_of_key, key)
            except Unreadable:
                continue
    if "examples" in block.entries:
        fields["examples"] = read_examples(reader, block.entries["examples"])
    _dates_that_hold(reader, block, fields)
    if reader.problems:
        raise Unreadable
    fields.setdefault("family", str(fields["policy"]).upper())
    fields.setdefault("item", fields["id"])
    item = msgspec.convert(fields, Item, strict=True)
    size = size_of(item.condition, item.amount, {})
    if size > MOST_WRITTEN:
        what = f"条件和金额共{size}项，超过{MOST_WRITTEN}项"
        raise reader.note(block.line, "condition", what, "分成几个事项，或把重复的部分写成定义")
    return item


def _keys_that_are_written(reader: Reader, block: Block) -> None:
    for key, way_out in DERIVED.items():
        if key in block.entries:
            reader.note(block.entries[key].line, key, f"“{key}”不是写出来的", way_out)
    for key in NEEDED:
        if key not in block.entries:
            reader.note(block.line, key, "缺少这一项", f"写上 {key}: …")


def read_identifier(reader: Reader, tree: Tree, key: str) -> str:
    """Take the tree as an id: small letters, digits and hyphens."""
    said = reader.text(tree, key)
    if not set(said) <= ID_SIGNS or len(said) > 60:
        raise reader.note(
            tree.line, key, f"“{said}”不能作编号", "只用小写字母、数字和连字符，如 p01-2026-q1"
        )
    return said


def read_area(reader: Reader, tree: Tree, key: str) -> str:
    """Take the tree as a place, by code or name."""
    said = reader.text(tree, key)
    code = reader.vocabulary.places.find(said)
    if code is None:
        raise reader.note(tree.line, key, f"places.yml 里没有“{said}”", "用行政区划代码或全称")
    return code


def read_days(reader: Reader, tree: Tree, key: str) -> Days:
    """Take the tree as a first and last day; `until: unstated`: the text names none."""
    block = reader.block(tree, key)
    reader.only(block, key, ("from", "until"))
    if "from" not in block.entries or "until" not in block.entries:
        raise reader.note(
            block.line, key, "需要 from 和 until", "文件没写截止日的，写 until: unstated"
        )
    since = reader.day(block.entries["from"], f"{key}.from")
    if reader.text(block.entries["until"], f"{key}.until") == "unstated":
        return Days(since=since)
    until = reader.day(block.entries["until"], f"{key}.until")
    if until < since:
        raise reader.note(block.line, key, "截止日早于起始日", "核对两个日期")
    return Days(since=since, until=until)


def _dates_that_hold(reader: Reader, block: Block, fields: dict[str, object]) -> None:
    valid, review_by = fields.get("valid"), fields.get("review_by")
    if not isinstance(valid, Days):
        return
    if valid.until is None and review_by is None:
        reader.note(
            block.line,
            "review_by",
            "文件未载明截止日，却没有复核期限",
            "写 review_by: 最迟哪天要重新核对原文",
        )
    evidence = fields.get("evidence_day")
    if isinstance(evidence, date) and not valid.hold(evidence):
        reader.note(
            block.line, "evidence_day", "证据日不在有效期内，这一版永远不会成立", "改证据日或有效期"
        )
    if fields.get("mark") == "verified":
        document = fields.get("document")
        if isinstance(document, Document) and document.source is None:
            reader.note(
                block.line,
                "document.source",
                "标为已核对，却没有出处",
                "写明读到原文的地址，或把 mark 改为 recalled",
            )


FIELDS: dict[str, Callable[[Reader, Tree, str], object]] = {
    "id": read_identifier,
    "item": read_identifier,
    "policy": Reader.text,
    "title": Reader.text,
    "version": Reader.text,
    "mark": lambda reader, tree, key: reader.word(tree, key, MARKS),
    "status": lambda reader, tree, key: reader.word(tree, key, ("published", "draft")),
    "repeat": lambda reader, tree, key: reader.word(tree, key, REPEATS),
    "department": lambda reader, tree, key: reader.word(tree, key, reader.vocabulary.departments),
    "phone": Reader.text,
    "guide": read_guide,
    "data": read_data,
    "family": Reader.text,
    "area": read_area,
    "valid": read_days,
    "decided": read_days,
    "evidence_day": Reader.day,
    "review_by": Reader.day,
    "condition": read_condition,
    "amount": read_amount,
    "exclusive": read_exclusive,
    "supersedes": Reader.texts,
    "notes": Reader.texts,
    "background": read_background,
}
