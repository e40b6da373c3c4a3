"""The parts of an .xlsx file that say what its worksheets are: names, paths, percent styles, calendar."""

import html
import re

import msgspec

from registry.imports.unpack import Archive

LARGEST_INDEX = 32 * 1024**2
"""Bytes of workbook.xml, its relations or styles.xml; a department's has some thousand."""

_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_FORMAT = re.compile(r'<(?:\w+:)?numFmt [^>]*?numFmtId="(\d+)"[^>]*?formatCode="([^"]*)"')
_STYLES = re.compile(r"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE_FORMAT = re.compile(r'<(?:\w+:)?xf [^>]*?numFmtId="(\d+)"')
_BUILT_IN_PERCENT = {"9", "10"}
_FROM_1904 = re.compile(r'<(?:\w+:)?workbookPr\b[^>]*\bdate1904="(?:1|true|on)"')


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook before its cells are read.

    paths           the part of each worksheet by its name, hidden ones too.
    shown           names of the worksheets people see.
    percent_styles  the cell styles that show a number as percent.
    from_1904       whether days are counted from 1904, as on old Macintoshes.
    """

    archive: Archive
    paths: dict[str, str]
    shown: frozenset[str]
    percent_styles: frozenset[int]
    from_1904: bool


def open_book(archive: Archive) -> Book:
    """Read the index of a workbook; raises BadArchive, TooLarge, KeyError where parts are missing."""
    workbook = _text(archive, "xl/workbook.xml")
    targets = _targets(_text(archive, "xl/_rels/workbook.xml.rels"))
    paths: dict[str, str] = {}
    shown: set[str] = set()
    for sheet in _SHEET.findall(workbook):
        said = dict(_ATTRIBUTE.findall(sheet))
        name = html.unescape(said.get("name", ""))
        identity = next((word for key, word in said.items() if key.endswith(":id")), "")
        path = targets.get(identity, "")
        if path in archive.parts:
            paths[name] = path
        if said.get("state", "visible") == "visible":
            shown.add(name)
    return Book(
        archive=archive,
        paths=paths,
        shown=frozenset(shown),
        percent_styles=_percent_styles(archive),
        from_1904=bool(_FROM_1904.search(workbook)),
    )


def _text(archive: Archive, name: str) -> str:
    return archive.whole(name, LARGEST_INDEX).decode(errors="replace")


def _targets(relations: str) -> dict[str, str]:
    targets: dict[str, str] = {}
    for relation in _RELATION.findall(relations):
        said = dict(_ATTRIBUTE.findall(relation))
        target = said.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        targets[said.get("Id", "")] = path
    return targets


def _percent_styles(archive: Archive) -> frozenset[int]:
    if "xl/styles.xml" not in archive.parts:
        return frozenset()
    styles = _text(archive, "xl/styles.xml")
    percent = {number for number, code in _FORMAT.findall(styles) if "%" in code}
    percent |= _BUILT_IN_PERCENT
    cells = _STYLES.search(styles)
    formats = _STYLE_FORMAT.findall(cells[0]) if cells else []
    return frozenset(place for place, number in enumerate(formats) if number in percent)
