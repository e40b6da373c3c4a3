"""Simulate an item: a draft or a changed version against a population, beside the version in force."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import polars as pl
import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.exceptions import XlsxFileError  # type: ignore[import-untyped]  # ships no types

from matching.catalogue.load_catalogue import Catalogue
from matching.catalogue.versions import by_item, item_name, version_in_force
from matching.engine.ground import Ground
from matching.engine.population import Population
from matching.engine.simulate import Simulation, Simulator
from matching.language.items import Item
from matching.language.problems import LanguageError, Problem
from registry.imports.harmless import WORKBOOK_OPTIONS
from registry.profiles.table_files import ProfilesRefused, check_writable

SHEET = (".xlsx",)
NOTHING = "none"
VERDICTS = {"met": "符合", "unmet": "不符合", "unknown": "待补充", "person": "需人工"}
SAMPLES = {"entering": "新进入", "leaving": "退出", "unknown": "待补充"}
BEFORE = "（现行版本）"
HEADINGS = {
    "group": "代码",
    "name": "分组",
    "enterprises": "企业数",
    "met": "符合",
    "unmet": "不符合",
    "unknown": "待补充",
    "person": "需人工",
    "certain_cents": "确定金额（元）",
    "possible_cents": "可能金额（元）",
    "endless": "上限算不出",
    "entering": "新进入",
    "leaving": "退出",
    "before": "现行版本",
    "after": "模拟版本",
    "certain_before": "现行版本确定金额（元）",
    "certain_after": "模拟版本确定金额（元）",
    "sample": "样本",
    "enterprise_id": "编号",
    "reasons": "原因",
}
SPLITS = {"place": "区县", "sector": "行业", "size": "划型", "tier": "梯度"}
FORBIDDEN_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
LONGEST_SHEET_NAME = 31


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What to simulate.

    item     a file; it need not lie in the catalogue's folder, and is read with the catalogue's words.
    against  id of the version it is held against; None: the one in force of the same item, "none": nothing.
    by       splits, as matching.engine.groups.groups reads them.
    """

    item: Path
    on: date
    by: Sequence[str]
    against: str | None = None


def simulate_item(asked: Asked, population: Population, catalogue: Catalogue) -> Simulation:
    """Simulate an item file; raises LanguageError with its problems, GroupingRefused."""
    item = read_draft(asked.item, catalogue)
    against = _against(asked, item, catalogue)
    ground = Ground(population, catalogue.vocabulary, catalogue.definitions, asked.on)
    return Simulator(ground, asked.on, asked.by).simulate(item, against)


def read_draft(path: Path, catalogue: Catalogue) -> Item:
    """Read an item file with the words, definitions and documents of a catalogue; raises LanguageError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as broken:
        what, way = f"读不出文字：{broken}", "给出一个UTF-8的事项文件（.yml）"
        problem = Problem(file=str(path), line=0, where="", what=what, way_out=way)
        raise LanguageError([problem]) from None
    return catalogue.read(text, str(path))


def _against(asked: Asked, item: Item, catalogue: Catalogue) -> Item | None:
    if asked.against == NOTHING:
        return None
    if asked.against is None:
        same = by_item(catalogue.items).get(item_name(item), ())
        return version_in_force(same, item.evidence(asked.on))
    found = catalogue.item(asked.against)
    if found is None:
        way = f"写政策库里的编号；不比较写 {NOTHING}"
        what = f"政策库里没有“{asked.against}”"
        raise LanguageError(
            [Problem(file=str(asked.item), line=0, where="against", what=what, way_out=way)]
        )
    return found


def write_simulation(result: Simulation, names: pl.DataFrame, out: Path) -> None:
    """Write a workbook: the whole, who moved from which verdict to which, each split, and samples.

    names  "enterprise_id" and "enterprise", as samples are to be called.
    """
    check_writable(out, SHEET)
    sheets = {"总计": whole_table(result), "变化": transition_table(result)}
    for by, split in result.splits.items():
        sheets[SPLITS.get(by, by).translate(FORBIDDEN_IN_SHEET_NAMES)] = split_table(split)
    sheets["样本"] = sample_table(result, names)
    try:
        with xlsxwriter.Workbook(out, WORKBOOK_OPTIONS) as book:
            for name, table in sheets.items():
                table.write_excel(book, name[:LONGEST_SHEET_NAME], autofit=True)
    except (OSError, XlsxFileError) as closed:
        raise ProfilesRefused(f"{out}：写不进去（{closed}）；请换一个位置") from None


def whole_table(result: Simulation) -> pl.DataFrame:
    """Give one row a version: counts and money, in 元."""
    versions = [("模拟版本", result.item_id, result.after)]
    if result.before is not None:
        versions.append(("现行版本", str(result.against), result.before))
    rows = [
        {"版本": name, "事项": item, **msgspec.to_builtins(takers)}
        for name, item, takers in versions
    ]
    return _for_people(pl.DataFrame(rows))


def transition_table(result: Simulation) -> pl.DataFrame:
    """Give who moved from which verdict to which, in words."""
    words = [
        pl.col(name).replace_strict(VERDICTS, default="—", return_dtype=pl.String)
        for name in ("before", "after")
    ]
    return _for_people(result.transitions.with_columns(words))


def split_table(split: pl.DataFrame) -> pl.DataFrame:
    """Give a split with headings for people; without a version before, without its columns."""
    compared = split["met_before"].null_count() == 0
    dropped = [] if compared else [name for name in split.columns if name.endswith("_before")]
    return _for_people(split.drop(dropped))


def sample_table(result: Simulation, names: pl.DataFrame) -> pl.DataFrame:
    """Give the sampled enterprises by name."""
    named = result.samples.join(names, on="enterprise_id", how="left", maintain_order="left")
    words = pl.col("sample").replace_strict(SAMPLES, return_dtype=pl.String)
    return _for_people(
        named.select(words, "enterprise_id", pl.col("enterprise").alias("企业"), "reasons")
    )


def _for_people(frame: pl.DataFrame) -> pl.DataFrame:
    """Give headings in Chinese and money in 元: a spreadsheet's number holds 分 up to 90 万亿元 exactly."""
    money = [name for name in frame.columns if "certain_" in name or "possible_" in name]
    yuan = frame.with_columns(pl.col(money).cast(pl.Float64) / 100)
    return yuan.rename({name: _heading(name) for name in frame.columns})


def _heading(name: str) -> str:
    if name in HEADINGS:
        return HEADINGS[name]
    bare = name.removesuffix("_before")
    return f"{HEADINGS[bare]}{BEFORE}" if bare != name and bare in HEADINGS else name
