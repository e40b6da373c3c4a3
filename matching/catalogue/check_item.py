"""What a readable item must still have before anybody can rely on it: examples that say enough, a fitting area."""

from collections import Counter

from matching.language.amounts import gives_money
from matching.language.conditions import AllOf, Judgement
from matching.language.items import Item
from matching.language.problems import Problem
from matching.language.vocabulary import Tree, Vocabulary

UNREAD = "没有读到"
"""Stands for an issuer nobody has read; whether such an item applies here only a person can say."""
CENTRAL = ("国务院", "部", "税务总局")
"""Issuers that name no place because they speak for the whole country."""


def item_problems(item: Item, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Give everything that is wrong with an item besides its wording and the outcome of its examples."""
    return (
        *_file_problems(item),
        *_example_problems(item),
        *_area_problems(item, vocabulary.places),
    )


def issuing_places(issuer: str, places: Tree) -> tuple[str, ...]:
    """Give the codes of the smallest places an issuer names; the whole country for a ministry."""
    named = {
        node.code
        for node in places.nodes.values()
        for name in (node.name, *node.aliases)
        if len(name) > 1 and name in issuer
    }
    if not named and any(word in issuer for word in CENTRAL):
        return (places.root,)
    return tuple(
        sorted(
            code
            for code in named
            if not any(places.contains(code, other) for other in named if other != code)
        )
    )


def _file_problems(item: Item) -> list[Problem]:
    name = item.file.rpartition("/")[2].removesuffix(".yml")
    if name == item.id:
        return []
    return [_problem(item, "id", f"文件名“{name}”与编号“{item.id}”不同", "让两者一致，便于查找")]


def _example_problems(item: Item) -> list[Problem]:
    examples = item.examples
    problems: list[Problem] = []
    open_ones = [example for example in examples if example.expect == "unknown"]
    if not open_ones:
        way = "加一个缺数据的例子（expect: unknown），写明 missing"
        problems.append(_problem(item, "examples", "没有结果为 unknown 的例子", way))
    problems += [
        _problem(
            item,
            f"examples “{example.name}”",
            "没有写明缺哪些数据",
            "写 missing: [..]",
            example.line,
        )
        for example in open_ones
        if example.missing is None
    ]
    if gives_money(item.amount) and all(example.amount is None for example in examples):
        way = "至少在一个例子里写 amount: … 万元"
        problems.append(_problem(item, "examples", "没有一个例子写明金额", way))
    counted = Counter(example.name for example in examples)
    problems += [
        _problem(item, "examples", f"例子“{name}”写了{times}次", "换一个名字")
        for name, times in counted.items()
        if times > 1
    ]
    return problems


def _area_problems(item: Item, places: Tree) -> list[Problem]:
    issuing = issuing_places(item.document.issuer, places)
    issuer, area = item.document.issuer, places.name(item.area)
    if issuer == UNREAD:
        return _asks_a_person(item)
    if not issuing:
        what = f"看不出发文机关“{issuer}”是哪里的"
        return [_problem(item, "document.issuer", what, "写全称，如 郑州市工业和信息化局")]
    if any(places.contains(place, item.area) for place in issuing):
        return []
    what = f"适用范围“{area}”超出发文机关“{issuer}”的辖区"
    return [_problem(item, "area", what, "改为发文机关的辖区或其中一部分")]


def _asks_a_person(item: Item) -> list[Problem]:
    parts = item.condition.parts if isinstance(item.condition, AllOf) else (item.condition,)
    if any(isinstance(part, Judgement) for part in parts):
        return []
    what, way = "发文机关没有读到，条件却能自动成立", "在 all_of 里加 judgement，由人工确认是否适用"
    return [_problem(item, "condition", what, way)]


def _problem(item: Item, where: str, what: str, way_out: str, line: int = 0) -> Problem:
    return Problem(file=item.file, line=line, where=where, what=what, way_out=way_out)
