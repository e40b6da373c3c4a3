"""From the worksheets of a file to the one that is a department's sheet, understood."""

from datetime import date

import msgspec

from matching.language.vocabulary import Vocabulary
from registry.imports.bind import bind_sheet
from registry.imports.errors import SheetRefused, whole_file
from registry.imports.layout import Column, Layout
from registry.imports.recognise import Fit, best_fits
from registry.imports.types import OUR_SHEETS, BoundSheet, Grid, Refusal


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet of a file, and the worksheet beside it that names lists it gives whole."""

    bound: BoundSheet
    coverage: Grid | None


def understand(
    grids: tuple[Grid, ...],
    layouts: tuple[Layout, ...],
    vocabulary: Vocabulary,
    observed_on: date | None,
) -> Understood:
    """Find the worksheet that fits a layout; raises SheetRefused where none or several do."""
    beside = OUR_SHEETS | {layout.covers_listed for layout in layouts if layout.covers_listed}
    fits = [
        fit
        for grid in grids
        if grid.sheet not in beside
        for fit in best_fits(grid, layouts, vocabulary)
    ]
    chosen = _only(grids[0].file_name, fits, layouts, vocabulary)
    bound = bind_sheet(chosen, vocabulary, observed_on)
    notes = list(bound.notes)
    coverage: Grid | None = None
    for grid in grids:
        if grid.sheet == chosen.layout.covers_listed:
            coverage = grid
        elif grid is not chosen.at.grid and grid.sheet not in OUR_SHEETS:
            problem = "这张工作表不是认得的版式，没有取用"
            notes.append(grid.refusal("", 0, problem, "是说明就不必理会；是数据请单独存为一个文件"))
    if chosen.layout.covers_listed and coverage is None:
        notes.append(_uncovered(chosen))
    return Understood(bound=msgspec.structs.replace(bound, notes=tuple(notes)), coverage=coverage)


def _only(
    file_name: str, fits: list[Fit], layouts: tuple[Layout, ...], vocabulary: Vocabulary
) -> Fit:
    whole = [fit for fit in fits if not fit.missing]
    if len(whole) == 1:
        return whole[0]
    if not whole:
        raise _unknown(file_name, fits, layouts, vocabulary)
    labels = "、".join(sorted({f"“{fit.layout.label}”" for fit in whole}))
    sheets = sorted({fit.at.grid.sheet for fit in whole})
    if len(sheets) > 1:
        problem = f"有{len(sheets)}张数据工作表：{'、'.join(sheets)}"
        raise whole_file(file_name, problem, "每张工作表单独存为一个文件")
    raise whole_file(
        file_name, f"同时符合几种版式：{labels}", "删去多余的列，使表头只符合一种", sheets[0]
    )


def _unknown(
    file_name: str, fits: list[Fit], layouts: tuple[Layout, ...], vocabulary: Vocabulary
) -> SheetRefused:
    nearest = max(fits, key=lambda fit: len(fit.matched), default=None)
    if nearest is None or len(nearest.matched) < 2:
        labels = "、".join(layout.label for layout in layouts)
        way_out = f"确认选对了文件，表头在前30行内；认得的版式：{labels}"
        return whole_file(file_name, "没有找到认得的表头", way_out)
    missing = "、".join(f"“{_heading(column, vocabulary)}”" for column in nearest.missing)
    return whole_file(
        file_name,
        f"不是认得的版式；最接近“{nearest.layout.label}”，但缺少必备列{missing}",
        "补上这些列，或在“数据表版式”中（registry layouts look）确认相近的表头",
        nearest.at.grid.sheet,
    )


def _heading(column: Column, vocabulary: Vocabulary) -> str:
    return vocabulary.facts[column.fact].label if column.fact else column.headers[0]


def _uncovered(chosen: Fit) -> Refusal:
    problem = (
        f"没有工作表“{chosen.layout.covers_listed}”，各名录按不完整处理：不在表上的企业为“未知”"
    )
    way_out = "名录完整时，在该工作表每行写一个完整的名录"
    return chosen.at.grid.refusal("", 0, problem, way_out)
