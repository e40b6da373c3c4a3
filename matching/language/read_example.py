"""Reading the examples of an item: what is given, what must come out."""

from collections.abc import Sequence

from matching.language.items import Example, Expected
from matching.language.reading import Reader, Unreadable
from matching.language.yaml_tree import Block, Scalar, Tree

EXPECTED: dict[str, Expected] = {
    "met": "met",
    "true": "met",
    "unmet": "unmet",
    "false": "unmet",
    "unknown": "unknown",
    "person": "person",
}


def read_examples(reader: Reader, tree: Tree) -> tuple[Example, ...]:
    """Read all examples; the problems of one do not hide those of another."""
    read: list[Example] = []
    try:
        parts = reader.parts(tree, "examples")
    except Unreadable:
        return ()
    for place, part in enumerate(parts):
        try:
            read.append(read_example(reader, part, f"examples[{place}]"))
        except Unreadable:
            continue
    enough_examples(reader, tree, read)
    return tuple(read)


def enough_examples(reader: Reader, tree: Tree, read: Sequence[Example]) -> None:
    """Note where no example is met, or none is unmet."""
    said = {example.expect for example in read}
    for needed in ("met", "unmet"):
        if read and needed not in said and not (needed == "met" and "person" in said):
            reader.note(
                tree.line,
                "examples",
                f"没有结果为 {needed} 的例子",
                "至少各写一个符合、不符合、待补充的例子",
            )


def read_example(
    reader: Reader, tree: Tree, where: str, further: tuple[str, ...] = ("amount",)
) -> Example:
    """Read one example; raises Unreadable when its problems are noted.

    further  keys it may have besides.
    """
    block = reader.block(tree, where)
    reader.only(block, where, ("name", "on", "given", "expect", "missing", *further))
    for key in ("name", "expect"):
        if key not in block.entries:
            raise reader.note(block.line, where, f"例子缺少 {key}", "写 name、given、expect")
    given, amount = block.entries.get("given"), block.entries.get("amount")
    return Example(
        name=reader.text(block.entries["name"], f"{where}.name"),
        on=reader.day(block.entries["on"], f"{where}.on") if "on" in block.entries else None,
        given=read_background(reader, given, f"{where}.given") if given else {},
        expect=EXPECTED[reader.word(block.entries["expect"], f"{where}.expect", EXPECTED)],
        amount=None if amount is None else read_amount_range(reader, amount, f"{where}.amount"),
        missing=_missing(reader, block, where),
        line=block.line,
    )


def read_background(reader: Reader, tree: Tree, where: str) -> dict[str, str | None]:
    """Read column-or-list names and what is given for each; `unknown` or nothing means not known."""
    block = reader.block(tree, where)
    given: dict[str, str | None] = {}
    for key, value in block.entries.items():
        wrong = reader.vocabulary.wrong_with(key)
        if wrong is not None:
            reader.note(
                value.line, f"{where}.{key}", wrong, "用 facts.yml、lists.yml 里的词，或 paid:系列"
            )
            continue
        if not isinstance(value, Scalar):
            reader.note(
                value.line,
                f"{where}.{key}",
                "这里应是一个值",
                "名录写成 none、日期区间，或 级别@日期区间",
            )
            continue
        given[key] = None if value.text is None or value.text.strip() == "unknown" else value.text
    return given


def read_amount_range(reader: Reader, tree: Tree, where: str) -> tuple[int, int | None]:
    """Read `10 万元` for a certain amount, `0 元..20 万元` for a range, `0 元..` without an upper end."""
    low, dots, high = reader.text(tree, where).partition("..")
    least = reader.quantity(Scalar(low.strip(), tree.line), where, "money")
    if not dots:
        return least, least
    if not high.strip():
        return least, None
    return least, reader.quantity(Scalar(high.strip(), tree.line), where, "money")


def _missing(reader: Reader, block: Block, where: str) -> tuple[str, ...] | None:
    tree = block.entries.get("missing")
    if tree is None:
        return None
    names = reader.texts(tree, f"{where}.missing")
    for name in names:
        wrong = reader.vocabulary.wrong_with(name)
        if wrong is not None:
            reader.note(tree.line, f"{where}.missing", wrong, "写列名、名录名或 paid:系列")
    return tuple(sorted(names))
