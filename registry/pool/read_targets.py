"""Reading targets from a .yml or .xlsx file: every row with its source line, every wrong cell named."""

from collections.abc import Mapping
from typing import Any

import msgspec
import yaml

from matching.language.vocabulary import Vocabulary
from registry.imports.read_workbook import read_workbook
from registry.imports.types import Refusal
from registry.pool.errors import ListRefused
from registry.pool.types import Target

HEADERS = {
    "place": "地区",
    "department": "责任部门",
    "title": "称号",
    "kind": "性质",
    "counts": "口径",
    "first_year": "起始年",
    "last_year": "截止年",
    "every_year": "每年",
    "bound": "程度",
    "figure": "数量",
    "source": "来源",
    "source_line": "原文",
}
WORDS: dict[str, dict[str, str]] = {
    "kind": {"目标": "target", "预计": "forecast", "计划": "plan", "实际": "actual"},
    "counts": {"新增": "new", "总数": "total"},
    "bound": {"以上": "at_least", "左右": "about", "等于": "exactly"},
    "every_year": {"是": "yes", "否": "no"},
}
DEFAULTS = {"counts": "new", "bound": "at_least", "every_year": "no"}
OPTIONAL = ("department", *DEFAULTS)
WAY_OUT = f"写成一组 targets，每行含 {'、'.join(HEADERS)}"


class _Row(msgspec.Struct, frozen=True):
    """One row as text by field, and where each cell stands."""

    number: int
    said: dict[str, str]
    letters: dict[str, str]


def read_targets(file_name: str, data: bytes, vocabulary: Vocabulary) -> tuple[Target, ...]:
    """Read a file of targets; raises ListRefused with every problem, SheetRefused for a broken workbook."""
    sheet, rows = (
        ("", _of_yaml(file_name, data))
        if file_name.lower().endswith((".yml", ".yaml"))
        else _of_workbook(file_name, data)
    )
    reader = _Reader(file_name, sheet, vocabulary)
    targets = [reader.target(row) for row in rows]
    if reader.refusals:
        raise ListRefused(reader.refusals)
    return tuple(target for target in targets if target is not None)


def _of_yaml(file_name: str, data: bytes) -> list[_Row]:
    try:
        read = yaml.safe_load(data.decode())
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        raise ListRefused([_whole(file_name, f"读不懂：{broken}")]) from None
    entries = read.get("targets") if isinstance(read, Mapping) else None
    if not isinstance(entries, list) or not all(isinstance(one, Mapping) for one in entries):
        raise ListRefused([_whole(file_name, "没有 targets，或其中有的不是一行")])
    source = {"source": read["source"]} if "source" in read else {}
    return [
        _Row(number, {key: _text(said) for key, said in {**source, **one}.items()}, {})
        for number, one in enumerate(entries, start=1)
    ]


def _text(said: Any) -> str:
    if isinstance(said, bool):
        return "yes" if said else "no"
    return "" if said is None else str(said).strip()


def _of_workbook(file_name: str, data: bytes) -> tuple[str, list[_Row]]:
    grid = read_workbook(file_name, data)[0]
    keys = {label: key for key, label in HEADERS.items()}
    heads = {letter: (grid.frame[letter][0] or "").strip() for letter in grid.frame.columns}
    letters = {keys[head]: letter for letter, head in heads.items() if head in keys}
    rows = []
    for at in range(1, grid.frame.height):
        said = {key: (grid.frame[letter][at] or "").strip() for key, letter in letters.items()}
        if any(said.values()):
            rows.append(_Row(at + 1, said, letters))
    return grid.sheet, rows


def _whole(file_name: str, problem: str) -> Refusal:
    return Refusal(
        file_name=file_name,
        sheet="",
        row=0,
        column="",
        header="",
        value=None,
        problem=problem,
        way_out=WAY_OUT,
    )


class _Reader:
    """Reads row after row and remembers every cell that was wrong."""

    def __init__(self, file_name: str, sheet: str, vocabulary: Vocabulary) -> None:
        self.file_name = file_name
        self.sheet = sheet
        self.vocabulary = vocabulary
        self.refusals: list[Refusal] = []

    def target(self, row: _Row) -> Target | None:
        before = len(self.refusals)
        for key in row.said:
            if key not in HEADERS:
                self.refuse(row, key, "不认识的项", f"只用 {'、'.join(HEADERS)}")
        for key in HEADERS:
            if key not in OPTIONAL and not row.said.get(key):
                self.refuse(row, key, "空着", "每一行都要写，来源和原文也要")
        read = {key: row.said.get(key) or DEFAULTS.get(key, "") for key in HEADERS}
        numbers = {key: self.number(row, key) for key in ("first_year", "last_year", "figure")}
        words = {key: self.word(row, key, read[key]) for key in WORDS}
        place, title = self.place(row, read["place"]), self.title(row, read["title"])
        department = self.department(row, read["department"])
        if (numbers["first_year"] or 0) > (numbers["last_year"] or 9999):
            self.refuse(row, "last_year", "早于起始年", "核对两个年份")
        if len(self.refusals) > before:
            return None
        stated = {"place": place, "title": title, "department": department, **numbers, **words}
        said = {**read, **stated, "every_year": words["every_year"] == "yes"}
        return msgspec.convert(said, Target)

    def number(self, row: _Row, key: str) -> int | None:
        said = row.said.get(key, "")
        if said and not said.isascii():
            self.refuse(row, key, "不是整数", "用阿拉伯数字写整数")
        elif said and not said.isdigit():
            self.refuse(row, key, "不是整数", "写整数，不带单位和符号")
        return int(said) if said.isascii() and said.isdigit() else None

    def word(self, row: _Row, key: str, said: str) -> str | None:
        words = WORDS[key]
        if said in words.values():
            return said
        if said and said not in words:
            self.refuse(row, key, "不是可用的词", f"用：{'、'.join(words)}")
        return words.get(said)

    def place(self, row: _Row, said: str) -> str | None:
        code = self.vocabulary.places.find(said)
        if said and code is None:
            self.refuse(row, "place", "不认识的地区", "写 places.yml 里的名称或代码")
        return code

    def title(self, row: _Row, said: str) -> str | None:
        for key, kind in self.vocabulary.lists.items():
            if said in (key, kind.label, *kind.names):
                return key
        if said:
            self.refuse(row, "title", "不认识的称号", "写 lists.yml 里的名称")
        return None

    def department(self, row: _Row, said: str) -> str | None:
        for key, label in self.vocabulary.departments.items():
            if said in (key, label):
                return key
        if said:
            self.refuse(row, "department", "不认识的部门", "写 facts.yml 里 departments 的名称")
        return None

    def refuse(self, row: _Row, key: str, problem: str, way_out: str) -> None:
        self.refusals.append(
            Refusal(
                file_name=self.file_name,
                sheet=self.sheet,
                row=row.number,
                column=row.letters.get(key, ""),
                header=HEADERS.get(key, key),
                value=row.said.get(key) or None,
                problem=problem,
                way_out=way_out,
            )
        )
