"""Reading documents: those of documents.yml, and the one an item file names or carries."""

import msgspec

from matching.language.items import MARKS, Document, Mark
from matching.language.reading import Reader, Unreadable
from matching.language.yaml_tree import Block, Scalar, Tree

NEEDED = ("number", "title", "issuer", "issued_on", "source", "mark")
"""Keys of a document in documents.yml; `note` may stand besides."""
CARRIED = ("number", "issuer", "article", "source")
"""Keys of a document in an item file: of drafts that stand on nothing else, and of older frozen runs."""


def read_documents(reader: Reader, tree: Tree) -> dict[str, Document]:
    """Read documents.yml; what is wrong with one document does not hide the others."""
    read: dict[str, Document] = {}
    try:
        entries = reader.block(tree, "").entries
    except Unreadable:
        return read
    for key, body in entries.items():
        try:
            read[key] = _document(reader, body, key)
        except Unreadable:
            continue
    return read


def read_item_document(reader: Reader, block: Block) -> Document | None:
    """Read the document an item names, with its article; None where its problems are noted."""
    tree = block.entries["document"]
    try:
        if isinstance(tree, Scalar):
            return _named(reader, tree, block)
        if "article" in block.entries:
            line, way = block.entries["article"].line, "写在 document 里"
            reader.note(line, "article", "条款写在了所附文件之外", way)
        return _carried(reader, tree)
    except Unreadable:
        return None


def _named(reader: Reader, tree: Tree, block: Block) -> Document:
    said = reader.text(tree, "document")
    if "article" not in block.entries:
        reader.note(
            block.line, "article", "缺少这一项", "写明依据文件的哪一条、哪个附件或清单第几项"
        )
    if said not in reader.documents:
        way = "先写进 documents.yml，再用它的名字"
        raise reader.note(tree.line, "document", f"documents.yml 里没有“{said}”", way)
    if "article" not in block.entries:
        raise Unreadable
    article = reader.text(block.entries["article"], "article")
    return msgspec.structs.replace(reader.documents[said], article=article)


def _carried(reader: Reader, tree: Tree) -> Document:
    block = reader.block(tree, "document")
    reader.only(block, "document", CARRIED)
    said: dict[str, str] = {}
    for key in ("number", "issuer", "article"):
        where = f"document.{key}"
        if key in block.entries:
            said[key] = reader.text(block.entries[key], where)
        else:
            way = "每条规则都要写明文号、发文机关和条款"
            reader.note(block.line, where, "缺少这一项", way)
    if len(said) < 3:
        raise Unreadable
    source = block.entries.get("source")
    return Document(
        number=said["number"],
        issuer=said["issuer"],
        article=said["article"],
        source=reader.text(source, "document.source") if source else None,
    )


def _document(reader: Reader, tree: Tree, key: str) -> Document:
    block = reader.block(tree, key)
    reader.only(block, key, (*NEEDED, "note"))
    missing = [name for name in NEEDED if name not in block.entries]
    for name in missing:
        reader.note(block.line, f"{key}.{name}", "缺少这一项", "按文件开头的说明书写")
    if missing:
        raise Unreadable
    entries = block.entries
    issued = entries["issued_on"]
    unknown = reader.text(issued, f"{key}.issued_on") == "unknown"
    document = Document(
        id=key,
        number=reader.text(entries["number"], f"{key}.number"),
        title=reader.text(entries["title"], f"{key}.title"),
        issuer=reader.text(entries["issuer"], f"{key}.issuer"),
        issued_on=None if unknown else reader.day(issued, f"{key}.issued_on"),
        source=_source(reader, entries["source"], f"{key}.source"),
        mark=msgspec.convert(reader.word(entries["mark"], f"{key}.mark", MARKS), type=Mark),
        note=reader.text(entries["note"], f"{key}.note") if "note" in entries else "",
    )
    if (document.mark == "verified") != (document.source is not None):
        what, way = "出处与核对情况不符", "读过原文的写地址；没有读过的，source 写 null"
        reader.note(block.line, f"{key}.source", what, way)
    return document


def _source(reader: Reader, tree: Tree, where: str) -> str | None:
    """Take an address; null says that the text was never read."""
    if isinstance(tree, Scalar) and tree.text in (None, "null"):
        return None
    return reader.text(tree, where)
