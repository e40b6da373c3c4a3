"""A YAML file as a tree of plain text with line numbers.

Nothing is guessed from the look of a word: `on`, `no`, 2026-10-31 and 0123 stay the text they are, and the
language decides what they mean. Anchors, duplicate keys, several documents and deep nesting are refused.
"""

import msgspec
import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from matching.language.problems import Problem

DEEPEST = 40
LONGEST_FILE = 200_000
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where PyYAML was built with it: the same trees ten times as fast."""


class Scalar(msgspec.Struct, frozen=True):
    """One word or line of text; `text` is None for an empty value."""

    text: str | None
    line: int


class Block(msgspec.Struct, frozen=True):
    """Keys and what stands behind them, in the order of the file."""

    entries: dict[str, "Tree"]
    line: int


class Series(msgspec.Struct, frozen=True):
    """A list of things."""

    parts: tuple["Tree", ...]
    line: int


Tree = Scalar | Block | Series


class _Refused(Exception):
    def __init__(self, line: int, what: str, way_out: str) -> None:
        self.line, self.what, self.way_out = line, what, way_out
        super().__init__(what)


def read_tree(text: str, file: str) -> Tree | Problem:
    """Read one YAML document; a Problem where it is none."""
    try:
        if len(text) > LONGEST_FILE:
            raise _Refused(0, f"文件超过{LONGEST_FILE}个字符", "拆成几个事项文件")
        _refuse_early(text)
        node = yaml.compose(text, Loader=LOADER)
        if node is None:
            raise _Refused(0, "文件是空的", "按已有事项文件的样子填写")
        return _tree(node)
    except _Refused as refused:
        return Problem(
            file=file, line=refused.line, where="", what=refused.what, way_out=refused.way_out
        )
    except (yaml.YAMLError, ValueError) as broken:
        mark = getattr(broken, "problem_mark", None)
        reason = getattr(broken, "problem", None) or str(broken).splitlines()[0]
        return Problem(
            file=file,
            line=mark.line + 1 if mark else 0,
            where="",
            what=f"不是有效的YAML：{reason}",
            way_out="检查缩进、冒号后的空格和引号",
        )


def _refuse_early(text: str) -> None:
    """Refuse anchors and deep nesting from the stream of events, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(line, "使用了锚点或引用（& *）", "把内容直接写出来")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _Refused(line, f"嵌套超过{DEEPEST}层", "拆开条件，或把重复的部分写成定义")


def _tree(node: Node) -> Tree:
    line = node.start_mark.line + 1
    if isinstance(node, ScalarNode):
        empty = not node.style and node.value in ("", "~", "null")
        return Scalar(text=None if empty else node.value, line=line)
    if isinstance(node, SequenceNode):
        return Series(parts=tuple(_tree(part) for part in node.value), line=line)
    if not isinstance(node, MappingNode):
        raise _Refused(line, "看不懂的YAML结构", "只用键值、列表和文字")
    entries: dict[str, Tree] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise _Refused(key.start_mark.line + 1, "键必须是一个词", "把键写成一个词")
        if key.value in entries:
            raise _Refused(key.start_mark.line + 1, f"键“{key.value}”写了两次", "只留一个")
        entries[key.value] = _tree(value)
    return Block(entries=entries, line=line)


def plain(tree: Tree) -> object:
    """Give a tree as bare text, lists and dicts, for files whose shape is a struct's."""
    match tree:
        case Scalar(text=text):
            return text
        case Series(parts=parts):
            return [plain(part) for part in parts]
        case Block(entries=entries):
            return {key: plain(part) for key, part in entries.items()}
