"""A sample of every page of imports, made without a database."""

from datetime import UTC, date, datetime

import msgspec

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.actions.ask_headers import Choice, HeaderAsked, HeadersAsked
from registry.actions.import_outcome import ImportOutcome, Written
from registry.actions.preview_types import (
    CellShown,
    ColumnShown,
    EntryShown,
    FactCounted,
    ListCounted,
    NameShown,
    Preview,
)
from registry.actions.show_imports import ImportsListed, ListedImport, ShownImport
from registry.actions.undo_effect import EnterpriseMoved, UndoEffect, VerdictsMoved
from registry.actions.undo_import import TakenBack
from registry.actions.upload_sheet import Looked
from registry.imports.drift import Drift
from registry.imports.guess import HeaderGuess
from registry.imports.store import Taken, UndoneImport
from registry.imports.types import Refusal
from registry.imports.uploads import Upload
from registry.portal.imports_page import tell_import, tell_imports, tell_undo
from registry.portal.page import Page
from registry.portal.preview_page import NewImportPage, Wanted, tell_preview

DAY, MOMENT = date(2026, 10, 31), datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
WORDS = shipped_vocabulary()
REVENUE = "annual_revenue@2025"
UPLOAD = Upload(sha256="0" * 64, file_name="税务局.csv", observed_on=None, received_at=MOMENT)
UNDONE = UndoneImport(undone_at=MOMENT, undone_by="王工", reason="发错了表")


def refusal(column: str = "C", row: int = 4, value: str | None = None) -> Refusal:
    return Refusal(
        file_name="税务局.csv",
        sheet="",
        row=row,
        column=column,
        header="2025年营业收入",
        value=value,
        problem="不是数",
        way_out="填写数字",
    )


def taken(turn: int = 1) -> Taken:
    return Taken(
        id=3,
        file_name="税务局.csv",
        sha256="0" * 64,
        layout="tax-returns",
        department="tax",
        observed_on=DAY,
        recorded_at=MOMENT,
        rows_read=5,
        rows_taken=4,
        rows_refused=1,
        turn=turn,
    )


def cells(number: int) -> tuple[CellShown, ...]:
    beside = {"department": "statistics", "file_name": "统计局.xlsx", "observed_on": DAY}
    return tuple(
        CellShown(
            row=row, letter="C", enterprise="示例企业", column=REVENUE, kind=kind, new=500, old=old, why=why,
            **(beside if old else {}),  # type: ignore[arg-type]
        )
        for row in range(number)
        for kind, old, why in (("new", None, None), ("changed", 300, None), ("conflict", 300, "trusted"))
    )  # fmt: skip


def preview(number: int, *, drift: bool = False) -> Preview:
    outcome = ImportOutcome(
        file_name="税务局.csv",
        refused=(refusal(), refusal("", 0), refusal("", 7)),
        layout="tax-returns",
        department="tax",
        observed_on=DAY,
        rows_read=5,
        rows_taken=4,
        rows_refused=1,
        written=Written(created=2, renamed=1, values=3 * number) if number else Written(),
    )
    return Preview(
        token="t",  # noqa: S106  # no secret
        outcome=outcome,
        by_code=3,
        by_name=1,
        columns=(
            ColumnShown(letter="A", header="纳税人识别号", means="uscc", unit=""),
            ColumnShown(letter="C", header="2025年营业收入（元）", means=REVENUE, unit="元"),
        ),
        created=(
            NameShown(name="新厂", uscc="91410105MA0000001X"),
            NameShown(name="店", uscc=None),
        ),
        renamed=(NameShown(name="新名", uscc=None, before="旧名"),),
        facts=(FactCounted(column=REVENUE, new=number, changed=number, conflict=number, same=2),),
        cells=cells(number),
        lists=(ListCounted(list="little_giant", new=1, gone=1), ListCounted(list="awards", same=2)),
        entries=(
            EntryShown(list="little_giant", kind="new", enterprise="示例企业", on=None),
            EntryShown(list="little_giant", kind="gone", enterprise="另一示例企业", on=DAY),
        ),
        drift=(Drift(what="rows", before=30, after=3),) if drift else (),
    )


def headers(*, missing: bool, decided: bool) -> HeadersAsked:
    guess = HeaderGuess(
        letter="D", header="2025年营业总收入（元）", key="营业总收入", meaning="fact/annual_revenue", words="营业收入",
        period="2025", unit="元", score=86, why="与“营业收入”相近，100%的单元格读得出",
    )  # fmt: skip
    other = Choice(meaning="fact/main_revenue", words="主营业务收入")
    return HeadersAsked(
        layout="tax-returns",
        label="税务局纳税",
        missing=("统一社会信用代码",) if missing else (),
        asked=() if decided else (HeaderAsked(guess=guess, others=(other,)),),
        decided=(("税号", "统一社会信用代码"), ("单位", "企业名称")) if decided else (),
        by="李工" if decided else "",
    )


def effect(*, moved: bool) -> UndoEffect:
    return UndoEffect(
        done=TakenBack(taken=taken(), undoing=UNDONE, renamed=1, unknown=2, contacts=3),
        on=DAY,
        judged=9,
        moved=(VerdictsMoved(item="a", title="奖励", before="符合", after="待补充", enterprises=4),)
        if moved
        else (),
        first=(EnterpriseMoved(enterprise_id=1, enterprise="示例企业", title="奖励", before="符合", after="待补充"),)
        if moved
        else (),
    )  # fmt: skip


def import_pages() -> list[Page]:
    """At least one page of every kind, full and empty."""
    listed = ListedImport(
        id=3, file_name="税务局.csv", layout="tax-returns", department="tax", observed_on=DAY,
        recorded_at=MOMENT, rows_read=5, rows_taken=4, rows_refused=1, cells_refused=2, undone_at=None,
    )  # fmt: skip
    whole = Looked(upload=UPLOAD, preview=None, refused=(refusal("", 0),))
    before = ImportOutcome(file_name="税务局.csv", refused=(), import_id=3, already_since=MOMENT)
    already = Looked(upload=UPLOAD, preview=Preview(token="", outcome=before), refused=())
    previews = [
        Looked(upload=UPLOAD, preview=preview(number, drift=drift), refused=())
        for number, drift in ((0, False), (60, True))
    ]
    shown = [
        ShownImport(
            taken=taken(), written=Written(values=4), counted=True, undone=None, refused=()
        ),
        ShownImport(
            taken=taken(2),
            written=Written(),
            counted=False,
            undone=UNDONE,
            refused=(refusal(),) * 300,
        ),
    ]
    return [
        tell_imports(ImportsListed(imports=(), total=0), 1, WORDS),
        tell_imports(ImportsListed(imports=(), total=60), 9, WORDS),
        tell_imports(ImportsListed(imports=(listed,), total=60), 2, WORDS),
        NewImportPage(largest="256MB", problem=""),
        NewImportPage(largest="256MB", problem="没有选择文件"),
        tell_preview(whole, Wanted(None, 1), WORDS),
        *(
            tell_preview(msgspec.structs.replace(one, headers=asked), Wanted(None, 1), WORDS)
            for one, asked in (
                (whole, headers(missing=True, decided=False)),
                (whole, headers(missing=False, decided=True)),
                (previews[1], headers(missing=False, decided=False)),
                (previews[1], headers(missing=False, decided=True)),
            )
        ),
        tell_preview(already, Wanted(None, 1), WORDS),
        *(tell_preview(one, Wanted(None, 1), WORDS, "请重看") for one in previews),
        *(
            tell_preview(previews[1], Wanted(tab, 2), WORDS)
            for tab in ("conflict", "new", "refused")
        ),
        *(tell_import(one, "税务局纳税", WORDS) for one in shown),
        tell_undo(effect(moved=True), ""),
        tell_undo(effect(moved=False), "请写明由谁撤销"),
    ]
