"""What `registry import --preview` and `registry imports` print."""

from rich.console import Console
from rich.table import Table

from matching.language.vocabulary import Vocabulary
from registry.actions.ask_headers import HeadersAsked
from registry.actions.import_outcome import SHANGHAI
from registry.actions.preview_types import Preview
from registry.actions.show_imports import ImportsListed, ShownImport
from registry.actions.tell_drift import WAY_OUT, drift_in_words
from registry.actions.tell_import import KIND_WORDS, ImportWords, written_in_words
from registry.actions.undo_effect import UndoEffect
from registry.cli.report import show_refusals

SHOWN_CELLS = 12


def show_preview(console: Console, preview: Preview, vocabulary: Vocabulary) -> None:
    """Print what taking in a file would do."""
    outcome = preview.outcome
    console.rule(f"预览 {outcome.file_name}")
    if outcome.already_since is not None or outcome.observed_on is None:
        console.print(outcome.sentence())
        return
    words = ImportWords(vocabulary, outcome.observed_on)
    console.print(outcome.sentence())
    console.print(
        f"按代码认出{preview.by_code:,}行，按名称认出{preview.by_name:,}行。什么都还没有写入。"
    )
    for drift in preview.drift:
        console.print(f"⚠ {drift_in_words(drift, vocabulary)}", style="bold yellow")
    if preview.drift:
        console.print(WAY_OUT, style="yellow")
    if preview.headers:
        show_headers(console, preview.headers)
    for one in preview.renamed[:SHOWN_CELLS]:
        console.print(f"更名：{one.before} → {one.name}")
    console.print(_facts(preview, words))
    if preview.cells:
        console.print(_cells(preview, words))
    if preview.lists:
        console.print(_lists(preview, words))
    show_refusals(console, outcome.refused)


def show_headers(console: Console, headers: HeadersAsked) -> None:
    """Print what is to be decided of headers no layout knows, and what was."""
    for header, words in headers.decided:
        console.print(f"{headers.by}确认：“{header}”是{words}；导入后记住")
    if not headers.asked:
        return
    table = Table(title=f"待确认的表头（按“{headers.label}”）")
    for name in ("列", "表头", "是什么", "期间", "单位", "为什么", "也许是"):
        table.add_column(name, overflow="fold")
    for one in headers.asked:
        guess = one.guess
        table.add_row(
            guess.letter,
            guess.header,
            f"{guess.words}？",
            guess.period or "",
            guess.unit,
            f"{guess.score}分：{guess.why}",
            "、".join(f"{other.words}（{other.meaning}）" for other in one.others),
        )
    console.print(table)
    if headers.missing:
        console.print(f"还缺必备列{'、'.join(headers.missing)}", style="yellow")
    console.print(
        "确认并照此取用：加 --confirm all（或 --confirm A,C）--by 姓名；另有含义：registry layouts teach "
        f"{headers.layout} 表头 含义 --by 姓名",
        style="yellow",
    )


def _facts(preview: Preview, words: ImportWords) -> Table:
    table = Table(title="各列与已有数据比较")
    table.add_column("指标")
    for name in ("新增", "改变", "冲突", "相同", "没有取用"):
        table.add_column(name, justify="right")
    for one in preview.facts:
        counts = (one.new, one.changed, one.conflict, one.same, one.refused)
        table.add_row(words.column(one.column), *(f"{count:,}" for count in counts))
    return table


def _cells(preview: Preview, words: ImportWords) -> Table:
    shown = [one for one in preview.cells if one.kind != "new"][:SHOWN_CELLS]
    table = Table(title="改变与冲突的单元格" if shown else None)
    for name in ("位置", "企业", "指标", "", "原值", "表中", "来源"):
        table.add_column(name, overflow="fold")
    for one in shown:
        table.add_row(
            f"{one.letter}{one.row}",
            one.enterprise,
            words.column(one.column),
            KIND_WORDS[one.kind],
            words.value(one.column, one.old) or "",
            words.value(one.column, one.new),
            words.why(one),
        )
    return table


def _lists(preview: Preview, words: ImportWords) -> Table:
    table = Table(title="名录与台账")
    table.add_column("名录")
    for name in ("新增", "相同", "不再在册"):
        table.add_column(name, justify="right")
    for one in preview.lists:
        table.add_row(words.list(one.list), f"{one.new:,}", f"{one.same:,}", f"{one.gone:,}")
    return table


def show_imports_listed(console: Console, listed: ImportsListed, vocabulary: Vocabulary) -> None:
    """Print a page of imports, newest first."""
    table = Table(title=f"共 {listed.total:,} 次导入，新的在前")
    table.add_column("编号", justify="right")
    for name in ("文件", "部门", "数据截至", "导入时间"):
        table.add_column(name, overflow="fold")
    for name in ("行", "未取用行", "未取用格"):
        table.add_column(name, justify="right")
    table.add_column("状态")
    for one in listed.imports:
        table.add_row(
            str(one.id),
            one.file_name,
            vocabulary.departments.get(one.department, one.department),
            one.observed_on.isoformat(),
            f"{one.recorded_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            f"{one.rows_read:,}",
            f"{one.rows_refused:,}",
            f"{one.cells_refused:,}",
            "已撤销" if one.undone_at else "有效",
        )
    console.print(table)


def show_one_import(console: Console, shown: ShownImport) -> None:
    """Print one import: what it added and refused, and whether it was taken back."""
    taken = shown.taken
    console.rule(f"第{taken.id}号导入 {taken.file_name}")
    console.print(
        f"数据截至{taken.observed_on}，导入于{taken.recorded_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}；"
        f"{taken.rows_read:,}行中取用{taken.rows_taken:,}行"
    )
    said = "，".join(f"{what}{count}" for what, count in written_in_words(shown.written))
    console.print(said or ("没有新内容" if shown.counted else "较早的导入，没有记下写入了多少"))
    if shown.undone is not None:
        when = shown.undone.undone_at.astimezone(SHANGHAI)
        console.print(
            f"已由{shown.undone.undone_by}于{when:%Y-%m-%d %H:%M}撤销：{shown.undone.reason}",
            style="yellow",
        )
    show_refusals(console, shown.refused)


def show_effect(console: Console, effect: UndoEffect) -> None:
    """Print what an undo would change."""
    done = effect.done
    console.rule(f"撤销第{done.taken.id}号导入 {done.taken.file_name} 的影响（什么都还没有改动）")
    console.print(
        f"企业改回名称{done.renamed:,}家，不再在库{done.unknown:,}家，邮箱{done.contacts:,}个；"
        f"以{effect.on}为判定日重新判定{effect.judged:,}家"
    )
    table = Table(title="判定的变化" if effect.moved else "没有一个判定会变")
    for name in ("事项", "现在", "撤销后"):
        table.add_column(name, overflow="fold")
    table.add_column("企业", justify="right")
    for one in effect.moved:
        table.add_row(one.title, one.before, one.after, f"{one.enterprises:,}")
    console.print(table)
    for firm in effect.first[:SHOWN_CELLS]:
        said = f"{firm.enterprise}：{firm.title} {firm.before} → {firm.after}"
        console.print(f"  {said}", style="dim")
