"""Reading the file of a standard or an overlay: all its problems at once, or what it says."""

from collections import Counter
from collections.abc import Callable, Mapping

import msgspec

from matching.language.items import MARKS, Days, Document, Example, Mark
from matching.language.problems import LanguageError, Problem
from matching.language.read_condition import read_condition
from matching.language.read_document import read_item_document
from matching.language.read_example import EXPECTED, enough_examples, read_background, read_example
from matching.language.read_item import read_area, read_days, read_identifier
from matching.language.read_tiers import nothing_missing
from matching.language.reading import Reader, Unreadable
from matching.language.standards import (
    KINDS,
    Criterion,
    CriterionExpected,
    Kind,
    Overlay,
    Standard,
    StandardExample,
    Tier,
)
from matching.language.vocabulary import Vocabulary
from matching.language.yaml_tree import Block, Series, Tree, read_tree

NEEDED = (
    "id", "tier", "version", "valid", "document", "article", "area", "mark", "criteria", "examples",
)  # fmt: skip
OPTIONAL = ("kinds", "review_by", "notes", "background")
OVERLAY_NEEDED = (
    "id", "overlay_of", "document", "article", "area", "mark", "criteria", "examples",
)  # fmt: skip
OVERLAY_OPTIONAL = ("version", "kinds", "valid", "review_by", "notes", "background")
CRITERION = ("id", "article", "mark", "condition")
ID_LONGEST = 40
EXPECTED_OF_CRITERION: dict[str, CriterionExpected] = {
    **EXPECTED,
    "not_applicable": "not_applicable",
}


class Said(msgspec.Struct, frozen=True):
    """What standards are said in."""

    vocabulary: Vocabulary
    definitions: frozenset[str]
    documents: Mapping[str, Document]
    tiers: Mapping[str, Tier]


def read_standard(text: str, file: str, said: Said) -> Standard | Overlay:
    """Read one file of a standard or an overlay; raises LanguageError with every problem in it."""
    tree = read_tree(text, file)
    if isinstance(tree, Problem):
        raise LanguageError([tree])
    reader = Reader(file, said.vocabulary, said.definitions, said.documents)
    try:
        read = _written(reader, tree, said.tiers)
    except Unreadable:
        raise LanguageError(reader.problems) from None
    if reader.problems:
        raise LanguageError(reader.problems)
    return read


def _written(reader: Reader, tree: Tree, tiers: Mapping[str, Tier]) -> Standard | Overlay:
    block = reader.block(tree, "")
    over = "overlay_of" in block.entries
    needed = OVERLAY_NEEDED if over else NEEDED
    reader.only(block, "", (*needed, *(OVERLAY_OPTIONAL if over else OPTIONAL)))
    nothing_missing(reader, block, needed)
    fields: dict[str, object] = {"file": reader.file}
    for key, body in block.entries.items():
        if key in FIELDS:
            try:
                fields[key] = FIELDS[key](reader, body, key)
            except Unreadable:
                continue
    if "document" in block.entries:
        fields["document"] = read_item_document(reader, block)
    if "tier" in block.entries and not over:
        fields["tier"] = _titled(reader, block.entries["tier"], tiers)
    valid = _valid(reader, block)
    if valid is not None:
        fields["valid"] = valid
    if "criteria" in block.entries:
        fields["criteria"] = _criteria(reader, block.entries["criteria"], fields.get("mark"))
    if "examples" in block.entries:
        first: Kind = next(iter(valid)) if valid else KINDS[0]
        fields["examples"] = _examples(reader, block.entries["examples"], first)
    _what_fits(reader, block, fields)
    if reader.problems:
        raise Unreadable
    return _made(fields, block, over=over)


def _made(fields: dict[str, object], block: Block, *, over: bool) -> Standard | Overlay:
    if over:
        return msgspec.convert({**fields, "line": block.line}, Overlay, strict=True)
    found = msgspec.convert(fields, Standard, strict=True)
    return msgspec.structs.replace(found, own=tuple(one.id for one in found.criteria))


def _titled(reader: Reader, tree: Tree, tiers: Mapping[str, Tier]) -> str:
    try:
        said = reader.word(tree, "tier", tiers)
    except Unreadable:
        return ""
    if tiers[said].by_list:
        what = f"“{tiers[said].label}”只凭名录认定，不写标准"
        reader.note(tree.line, "tier", what, "删去 tiers.yml 里的 recognised_by: list，或不写标准")
    return said


def _valid(reader: Reader, block: Block) -> dict[Kind, Days] | None:
    """Give the days of each kind: one span for all `kinds`, or a span a kind."""
    tree, kinds = block.entries.get("valid"), block.entries.get("kinds")
    said = _kinds(reader, kinds, "kinds") if kinds is not None else ()
    if tree is None:
        if kinds is not None:
            reader.note(block.line, "kinds", "写了 kinds，没有写 valid", "连同 valid 一起写")
        return None
    try:
        spans = reader.block(tree, "valid").entries
        if "from" in spans or "until" in spans or not spans:
            if kinds is None:
                way = "写 kinds: [认定] 或 [认定, 复核]"
                reader.note(block.line, "kinds", "缺少这一项", way)
            days = read_days(reader, tree, "valid")
            return dict.fromkeys(said, days)
        if kinds is not None:
            way = "各类日期不同的，只写 valid: {认定: {from: …, until: …}, 复核: {…}}"
            reader.note(block.line, "kinds", "kinds 与按类别写的 valid 重复", way)
        reader.only(Block(spans, tree.line), "valid", KINDS)
        return {
            kind: read_days(reader, spans[kind], f"valid.{kind}") for kind in KINDS if kind in spans
        }
    except Unreadable:
        return None


def _kinds(reader: Reader, tree: Tree, where: str) -> tuple[Kind, ...]:
    try:
        parts = reader.parts(tree, where) if isinstance(tree, Series) else (tree,)
        said = {reader.word(part, where, KINDS) for part in parts}
    except Unreadable:
        return ()
    return tuple(kind for kind in KINDS if kind in said)


def _criteria(reader: Reader, tree: Tree, mark: object) -> tuple[Criterion, ...]:
    """Read the criteria; one that does not state its own mark has that of the standard."""
    read: list[Criterion] = []
    try:
        parts = reader.parts(tree, "criteria")
    except Unreadable:
        return ()
    for place, part in enumerate(parts):
        try:
            read.append(_criterion(reader, part, f"criteria[{place}]", mark))
        except Unreadable:
            continue
    for name, times in Counter(one.id for one in read).items():
        if times > 1:
            reader.note(tree.line, "criteria", f"编号“{name}”用了{times}次", "每条一个编号")
    return tuple(read)


def _criterion(reader: Reader, tree: Tree, where: str, mark: object) -> Criterion:
    block = reader.block(tree, where)
    reader.only(block, where, (*CRITERION, "kinds"))
    entries = block.entries
    needed = tuple(key for key in CRITERION if key != "mark")
    nothing_missing(reader, block, needed, f"{where}.")
    name = reader.text(entries["id"], f"{where}.id")
    if len(name) > ID_LONGEST or any(sign in name for sign in ":；;,\n"):
        raise reader.note(block.line, f"{where}.id", f"“{name[:60]}”不能作编号", "写短些，如 T3-8")
    own = reader.word(entries["mark"], f"{where}.mark", MARKS) if "mark" in entries else mark
    kinds = KINDS if "kinds" not in entries else _kinds(reader, entries["kinds"], f"{where}.kinds")
    return Criterion(
        id=name,
        article=reader.text(entries["article"], f"{where}.article"),
        mark=msgspec.convert(own or "recalled", type=Mark),
        condition=read_condition(reader, entries["condition"], f"{where}.condition"),
        kinds=kinds,
    )


def _examples(reader: Reader, tree: Tree, first: Kind) -> tuple[StandardExample, ...]:
    read: list[StandardExample] = []
    try:
        parts = reader.parts(tree, "examples")
    except Unreadable:
        return ()
    for place, part in enumerate(parts):
        where = f"examples[{place}]"
        try:
            example = read_example(reader, part, where, ("kind", "criteria"))
            read.append(_told(reader, reader.block(part, where), where, first, example))
        except Unreadable:
            continue
    enough_examples(reader, tree, [one.example for one in read])
    return tuple(read)


def _told(
    reader: Reader, block: Block, where: str, first: Kind, example: Example
) -> StandardExample:
    """Read what an example says besides: its kind of application, and what single criteria come to."""
    kind, single = block.entries.get("kind"), block.entries.get("criteria")
    said = first if kind is None else reader.word(kind, f"{where}.kind", KINDS)
    criteria: dict[str, CriterionExpected] = {}
    if single is not None:
        for name, body in reader.block(single, f"{where}.criteria").entries.items():
            word = reader.word(body, f"{where}.criteria.{name}", EXPECTED_OF_CRITERION)
            criteria[name] = EXPECTED_OF_CRITERION[word]
    return StandardExample(
        kind=msgspec.convert(said, type=Kind), example=example, criteria=criteria
    )


def _what_fits(reader: Reader, block: Block, fields: dict[str, object]) -> None:
    """Note a text without a last day that nobody will look at again, and one checked against nothing."""
    valid = msgspec.convert(fields.get("valid", {}), dict[Kind, Days])
    endless = any(days.until is None for days in valid.values())
    if endless and "review_by" not in block.entries and "overlay_of" not in block.entries:
        what, way = "文件未载明截止日，却没有复核期限", "写 review_by: 最迟哪天要重新核对原文"
        reader.note(block.line, "review_by", what, way)
    document = fields.get("document")
    checked = fields.get("mark") == "verified"
    if checked and isinstance(document, Document) and document.source is None:
        what, way = "标为已核对，却没有出处", "在 documents.yml 写明读到原文的地址，或改 mark"
        reader.note(block.line, "mark", what, way)


FIELDS: dict[str, Callable[[Reader, Tree, str], object]] = {
    "id": read_identifier,
    "overlay_of": read_identifier,
    "version": Reader.text,
    "mark": lambda reader, tree, key: reader.word(tree, key, MARKS),
    "area": read_area,
    "review_by": Reader.day,
    "notes": Reader.texts,
    "background": read_background,
}
