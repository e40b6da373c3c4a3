"""Reading what an item says for people: its guide, and departments that differ from the vocabulary's."""

from matching.language.items import Guide
from matching.language.reading import Reader, Unreadable, nearest_words
from matching.language.yaml_tree import Tree

LINES = ("who", "what", "when", "where")


def read_guide(reader: Reader, tree: Tree, where: str) -> Guide:
    """Read the guide of an item: who, what, when, where and the materials."""
    block = reader.block(tree, where)
    needed = (*LINES, "materials")
    reader.only(block, where, needed)
    missing = [key for key in needed if key not in block.entries]
    for key in missing:
        way = "原文没有写的，写 原文未载明；不用交材料的，写 无需提交（数据比对）"
        reader.note(block.line, f"{where}.{key}", "缺少这一项", way)
    if missing:
        raise Unreadable
    said = {key: reader.text(block.entries[key], f"{where}.{key}") for key in LINES}
    return Guide(**said, materials=reader.texts(block.entries["materials"], f"{where}.materials"))


def read_data(reader: Reader, tree: Tree, where: str) -> dict[str, str]:
    """Read which department sends a fact or list where the document names another than the vocabulary."""
    block = reader.block(tree, where)
    words = reader.vocabulary
    known = {*words.facts, *words.lists}
    for key, body in block.entries.items():
        if key not in known:
            way = f"相近的有：{nearest_words(key, known)}"
            reader.note(body.line, f"{where}.{key}", f"没有事实或名录“{key}”", way)
    return {
        key: reader.word(body, f"{where}.{key}", words.departments)
        for key, body in block.entries.items()
    }
