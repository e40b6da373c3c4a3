"""What a cell's text alone does not tell in .xlsx: percent formats, error cells, lost digits.

The reader gives 0.055 for a cell that shows 5.5%, nothing for #REF!, and 913100000000000000 for a
code somebody typed as a number. The worksheet's XML tells them apart; it is searched for these
cells only.
"""

import html
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal

import polars as pl

_SHEET = re.compile(r'<(?:\w+:)?sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_RELATION = re.compile(r"<(?:\w+:)?Relationship [^>]*>")
_FORMAT = re.compile(r'<(?:\w+:)?numFmt [^>]*?numFmtId="(\d+)"[^>]*?formatCode="([^"]*)"')
_STYLES = re.compile(r"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE_FORMAT = re.compile(r'<(?:\w+:)?xf [^>]*?numFmtId="(\d+)"')
_BUILT_IN_PERCENT = {"9", "10"}
_CELL = rb'<c r="(%s)(\d+)"([^>]*)>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>([^<]*)</v>'
_INEXACT_FROM = 10**15


class ExcelMarks:
    """Looks things up in the XML of an .xlsx file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._paths = _worksheet_paths(archive)
        self._percent = _percent_styles(archive)

    def marked(self, sheet: str, frame: pl.DataFrame) -> pl.DataFrame:
        """Give the sheet's frame with those cells as people see them."""
        path = self._paths.get(sheet)
        if path is None:
            return frame
        xml = self._archive.read(path)
        changed: dict[str, dict[int, str]] = {}
        for letter, row, text in self._cells(xml, frame):
            if letter in frame.columns and row <= frame.height:
                changed.setdefault(letter, {})[row - 1] = text
        return frame.with_columns(
            frame[letter].scatter(list(cells), list(cells.values()))
            for letter, cells in changed.items()
        )

    def _cells(self, xml: bytes, frame: pl.DataFrame) -> Iterator[tuple[str, int, str]]:
        if b't="e"' in xml:
            yield from _error_cells(xml)
        if self._percent:
            yield from _percent_cells(xml, self._percent)
        for letter in frame.columns:
            if frame[letter].str.contains(r"^\d{16,}$").any():
                yield from _long_numbers(xml, letter)


def _error_cells(xml: bytes) -> Iterator[tuple[str, int, str]]:
    for letter, row, attributes, value in re.findall(_CELL % b"[A-Z]+", xml):
        if b't="e"' in attributes:
            yield letter.decode(), int(row), html.unescape(value.decode())


def _percent_cells(xml: bytes, styles: frozenset[int]) -> Iterator[tuple[str, int, str]]:
    wanted = {b's="%d"' % style for style in styles}
    for letter, row, attributes, value in re.findall(_CELL % b"[A-Z]+", xml):
        if _is_number(attributes) and wanted.intersection(attributes.split()):
            # As the reader gives it: nine decimals, without the noise of binary fractions.
            seen = round(Decimal(value.decode()), 9) * 100
            yield letter.decode(), int(row), f"{seen.normalize():f}%"


def _long_numbers(xml: bytes, letter: str) -> Iterator[tuple[str, int, str]]:
    for _, row, attributes, value in re.findall(_CELL % letter.encode(), xml):
        if _is_number(attributes) and abs(Decimal(value.decode())) >= _INEXACT_FROM:
            yield letter, int(row), f"{Decimal(value.decode()):.14E}"


def _is_number(attributes: bytes) -> bool:
    return b"t=" not in attributes or b't="n"' in attributes


def _worksheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    workbook = archive.read("xl/workbook.xml").decode(errors="replace")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode(errors="replace")
    targets: dict[str, str] = {}
    for relation in _RELATION.findall(relations):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', relation))
        target = attributes.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        targets[attributes.get("Id", "")] = path
    there = set(archive.namelist())
    return {
        html.unescape(name): targets[relation]
        for name, relation in _SHEET.findall(workbook)
        if targets.get(relation) in there
    }


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = archive.read("xl/styles.xml").decode(errors="replace")
    percent = {number for number, code in _FORMAT.findall(styles) if "%" in code}
    percent |= _BUILT_IN_PERCENT
    cells = _STYLES.search(styles)
    formats = _STYLE_FORMAT.findall(cells[0]) if cells else []
    return frozenset(place for place, number in enumerate(formats) if number in percent)
