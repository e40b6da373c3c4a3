"""Header cells: the name, the unit and the period that stand in one text.

"2025年营业收入（万元）", "营业收入（2025年度，万元）" and 营业收入（万元） over 2025年 say the same.
"""

import re
import unicodedata

import msgspec

from matching.language.units import MONEY, NUMBERS, SHARES
from matching.language.vocabulary import PeriodKind

UNIT_WORDS = frozenset(MONEY) | frozenset(SHARES) | {w for unit in NUMBERS.values() for w in unit}

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff*]+")
_OPENING = re.compile(r"[\[{〔【]")
_CLOSING = re.compile(r"[\]}〕】]")
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_QUARTER = re.compile(rf"{_YEAR}年?[-/]?(?:第?(?P<part>[1-4一二三四])季度|[Qq](?P<q>[1-4]))末?")
_MONTH = re.compile(rf"{_YEAR}[-/.年](?P<part>1[0-2]|0?[1-9])(?:月份?末?|(?![\d\-月]))")
_YEAR_ALONE = re.compile(rf"(?<!\d){_YEAR}(?:年[度末底]?|(?!\d))")
_LATER_QUARTER = re.compile(r"^第?([1-4一二三四])季度$")
_LATER_MONTH = re.compile(r"^(1[0-2]|0?[1-9])月份?$")
_BRACKET = re.compile(r"\(([^()]*)\)")


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """One column's header, taken apart.

    text     as people wrote it, group and own header joined by " / ".
    name     without unit, period, blanks and full-width forms.
    unit     the unit word in brackets; "" where there is none.
    strange  a last bracket that is no unit we know: part of a name, or an unknown unit.
    """

    text: str
    name: str
    unit: str
    period: str | None
    period_kind: PeriodKind
    strange: str

    @property
    def bare_name(self) -> str:
        """The name without its last bracket."""
        return self.name.removesuffix(f"({self.strange})") if self.strange else self.name


def plain_header(text: str) -> str:
    """Give the form in which headers are compared."""
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    return _CLOSING.sub(")", _OPENING.sub("(", text))


def unit_word(text: str) -> str:
    """Give the unit a text names ("单位:万元", "万元人民币"); "" where it is none."""
    word = plain_header(text).removeprefix("单位").lstrip(":")
    word = word.removeprefix("人民币").removesuffix("人民币")
    return word if word in UNIT_WORDS else ""


def read_header(parts: tuple[str, ...]) -> Header:
    """Take apart the header of a column: its own text, below that of its group if it has one."""
    names: list[str] = []
    unit = strange = ""
    period: str | None = None
    kind: PeriodKind = "none"
    for part in parts:
        name, found, found_kind = _without_period(plain_header(part), period)
        if found:
            period, kind = found, found_kind
        name, unit, strange = _without_unit(name, unit)
        if name:
            names.append(name)
    return Header(
        text=" / ".join(part.strip() for part in parts),
        name="/".join(names),
        unit=unit,
        period=period,
        period_kind=kind,
        strange=strange,
    )


def _without_period(name: str, above: str | None) -> tuple[str, str | None, PeriodKind]:
    for pattern, kind in ((_QUARTER, "quarter"), (_MONTH, "month"), (_YEAR_ALONE, "year")):
        found = pattern.search(name)
        if found:
            rest = name[: found.start()] + name[found.end() :]
            return _tidy(rest), _period(found), kind  # type: ignore[return-value]  # the three above
    if above and len(above) == 4:
        if quarter := _LATER_QUARTER.match(name):
            return "", f"{above}-Q{_quarter(quarter[1])}", "quarter"
        if month := _LATER_MONTH.match(name):
            return "", f"{above}-{int(month[1]):02d}", "month"
    return name, None, "none"


def _period(found: re.Match[str]) -> str:
    groups = found.groupdict()
    year, part, quarter = groups["year"], groups.get("part"), groups.get("q")
    if quarter or found.re is _QUARTER:
        return f"{year}-Q{_quarter(quarter or part or '')}"
    return f"{year}-{int(part):02d}" if part else year


def _quarter(text: str) -> int:
    return "一二三四".index(text) + 1 if text in "一二三四" else int(text)


def _tidy(name: str) -> str:
    """Close the gap a period left: "(,万元)" becomes "(万元)", "()" goes."""
    name = re.sub(r"\([,，、/:]+", "(", name)
    name = re.sub(r"[,，、/:]+\)", ")", name)
    return name.replace("()", "").strip("-/、,:")


def _without_unit(name: str, unit: str) -> tuple[str, str, str]:
    strange = ""
    for bracket in _BRACKET.finditer(name):
        word = unit_word(bracket[1])
        if word:
            unit, name = word, name.replace(bracket[0], "", 1)
        elif name.endswith(bracket[0]):
            strange = bracket[1]
    return name, unit, strange
