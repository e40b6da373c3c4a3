"""Reading the layout files, and checking them against the vocabulary to the end."""

from pathlib import Path

import msgspec

from matching.language.problems import Problem
from matching.language.vocabulary import Vocabulary
from matching.language.yaml_tree import plain, read_tree
from registry.imports.check_records import record_problems
from registry.imports.errors import LayoutError
from registry.imports.layout import AWARDS, USES, Column, Layout

SHIPPED = Path(__file__).parent / "layouts"

_NEEDS_LIST = {"level", "batch", "document", "from_on", "until_on", "left_on"}


def load_layouts(vocabulary: Vocabulary, folder: Path = SHIPPED) -> tuple[Layout, ...]:
    """Read every layout of a folder; raises LayoutError with every problem in them."""
    problems: list[Problem] = []
    layouts: list[Layout] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            layouts.append(read_layout(_text(path), path, vocabulary))
        except LayoutError as wrong:
            problems += wrong.problems
    if problems:
        raise LayoutError(problems)
    return tuple(layouts)


def read_layout(text: str, path: Path, vocabulary: Vocabulary) -> Layout:
    """Read one layout; raises LayoutError with every problem in it.

    path  what problems are told of; its stem must be the layout's name.
    """
    tree = read_tree(text, str(path))
    if isinstance(tree, Problem):
        raise LayoutError([tree])
    try:
        layout = msgspec.convert(plain(tree), Layout, strict=False)
    except msgspec.ValidationError as broken:
        problem = _problem(path, "", f"读不懂：{broken}", "按其他版式文件的样子书写")
        raise LayoutError([problem]) from broken
    problems = _layout_problems(layout, path, vocabulary)
    if problems:
        raise LayoutError(problems)
    return layout


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unread:
        problem = _problem(path, "", f"读不到：{unread}", "存成 UTF-8 文本文件")
        raise LayoutError([problem]) from unread


def _layout_problems(layout: Layout, path: Path, vocabulary: Vocabulary) -> list[Problem]:
    found: list[Problem] = []
    if layout.name != path.stem:
        found.append(_problem(path, "name", "版式名与文件名不同", f"写成 {path.stem}"))
    if layout.department not in vocabulary.departments:
        what = f"没有部门“{layout.department}”"
        found.append(_problem(path, "department", what, "用 facts.yml 的 departments"))
    own = {AWARDS, USES, layout.claims, layout.records}
    found += [
        _problem(path, "covers", f"没有名录“{key}”", "用 lists.yml 中的名录")
        for key in (*layout.covers, *filter(None, [layout.member_of]))
        if key not in vocabulary.lists and key not in own
    ]
    found += [
        _problem(path, "claims", what, way_out)
        for what, way_out in _ledger_problems(layout, vocabulary)
    ]
    found += [
        _problem(path, "records", what, way_out)
        for what, way_out in record_problems(layout, vocabulary.records)
    ]
    if not (layout.has("uscc") or layout.has("name")):
        what = "既无代码列也无名称列，认不出企业"
        found.append(_problem(path, "columns", what, "加上 {is: uscc} 或 {is: name}"))
    if not any(column.required for column in layout.columns):
        what = "没有必备列，任何表都符合"
        found.append(_problem(path, "columns", what, "给识别它的列写 required: true"))
    listed = layout.has("list") or layout.member_of is not None
    for number, column in enumerate(layout.columns):
        for what, way_out in _column_problems(column, vocabulary, listed=listed):
            found.append(_problem(path, f"columns[{number}]", what, way_out))
    return found


def _ledger_problems(layout: Layout, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Give what keeps a layout from being read as a ledger of evidence items."""
    found: list[tuple[str, str]] = []
    is_ledger = layout.claims is not None or layout.uses
    if layout.claims is not None and layout.uses:
        found.append(("一张表既登记凭证又登记使用", "claims 与 uses 只写一个"))
    fact = vocabulary.facts.get(layout.claims) if layout.claims is not None else None
    if layout.claims is not None and (fact is None or fact.ledger is None):
        found.append((f"“{layout.claims}”不是按凭证计的指标", "用 facts.yml 中写明 ledger 的指标"))
    if fact is not None and fact.kind == "money" and not layout.has("amount"):
        found.append((f"“{fact.label}”按金额合计，却没有金额列", "加上 {is: amount}"))
    if layout.uses and not (layout.has("family") and layout.has("ledger")):
        found.append(("不知是哪类凭证、用于哪项政策", "加上 {is: ledger} 和 {is: family}"))
    if is_ledger != layout.has("item"):
        found.append(
            ("凭证表要有凭证列，别的表不能有", "凭证表写 {is: item} 并写明 claims 或 uses")
        )
    if is_ledger and layout.one_row_each:
        found.append(("凭证表里一家企业可有多行", "去掉 one_row_each"))
    return found


def _column_problems(
    column: Column, vocabulary: Vocabulary, *, listed: bool
) -> list[tuple[str, str]]:
    if column.role == "fact":
        return _fact_problems(column, vocabulary)
    found: list[tuple[str, str]] = []
    if column.fact is not None:
        found.append((f"既是 {column.role} 又写了指标", "去掉 fact 或 is"))
    if not column.headers:
        found.append(("没有写表头", "写 headers"))
    if column.role in _NEEDS_LIST and not listed:
        found.append((f"有 {column.role} 而不知是哪个名录", "加上 {is: list} 或 member_of"))
    if column.role in {"list", "family", "item", "ledger"} and not column.required:
        found.append((f"{column.role} 列不能缺", "写 required: true"))
    wrong = sorted(set(column.words.values()) - set(vocabulary.lists))
    if column.role == "list" and wrong:
        found.append((f"没有名录“{'、'.join(wrong)}”", "用 lists.yml 中的名录"))
    return found


def _fact_problems(column: Column, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    if column.fact is None:
        return [("没有写是哪个指标", "写 fact 或 is")]
    fact = vocabulary.facts.get(column.fact)
    if fact is None:
        return [(f"没有指标“{column.fact}”", "用 facts.yml 中的指标")]
    found: list[tuple[str, str]] = []
    if fact.period == "window":
        found.append((f"“{fact.key}”按时段取值，表头写不出时段", "改用申报渠道采集"))
    wrong = sorted(set(column.words.values()) - set(fact.values))
    if wrong:
        found.append((f"“{'、'.join(wrong)}”不是该指标的取值", f"可用：{'、'.join(fact.values)}"))
    return found


def _problem(path: Path, where: str, what: str, way_out: str) -> Problem:
    return Problem(file=str(path), line=0, where=where, what=what, way_out=way_out)
