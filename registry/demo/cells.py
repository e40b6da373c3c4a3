"""Cells as departments really fill them: the right value, written in any of the ways people write it."""

from collections.abc import Callable, Iterable
from datetime import date

import msgspec
import polars as pl

from registry.demo.dice import Dice

Cell = str | int | float | date | None

_FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_NOTHING: tuple[Cell, ...] = (None, None, None, "—", "-", "/", "")

# How a day may be written; the first stands for a real date of the spreadsheet.
_DAYS: tuple[Callable[[date], Cell], ...] = (
    lambda day: day,
    lambda day: day.isoformat(),
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day:%Y.%m.%d}",
)


class Scribe(msgspec.Struct, frozen=True):
    """Writes the columns of one sheet; the same rows and dice give the same writing.

    rows  what is written, in its order.
    """

    rows: pl.DataFrame
    dice: Dice

    def codes(self, spoilt: dict[str, str] | None = None) -> list[Cell]:
        """Write the credit codes: a few with blanks, in lower case or full width; spoilt ones as given."""
        wrong = spoilt or {}
        return [
            _code(wrong.get(code, code), style)
            for code, style in zip(self.rows["uscc"], self._throws("code", 1_000), strict=True)
        ]

    def names(self) -> list[Cell]:
        """Write the names: in two of five the brackets are half width, a few have blanks around them."""
        styles = self._throws("name", 100)
        return [_name(name, style) for name, style in zip(self.rows["name"], styles, strict=True)]

    def words(self, column: str, labels: dict[str, str]) -> list[Cell]:
        """Write code words by their labels."""
        return self._written(column, lambda word, _: labels[str(word)])

    def texts(self, column: str) -> list[Cell]:
        """Write texts as they are."""
        return self._written(column, lambda text, _: str(text))

    def either_word(
        self, column: str, labels: dict[str, str], others: dict[str, tuple[str, ...]]
    ) -> list[Cell]:
        """Write code words by their labels, one in six by another name where there is one."""

        def word(key: object, style: int) -> Cell:
            names = (labels[str(key)], *others[str(key)])
            return names[style % len(names)] if style < 30 else names[0]

        return self._written(column, word)

    def industries(self, column: str) -> list[Cell]:
        """Write industry codes; some as the bare number, which a spreadsheet keeps unless it starts with 0."""
        return self._written(
            column,
            lambda code, style: (
                int(str(code)[1:]) if style < 12 and str(code)[1] != "0" else str(code)
            ),
        )

    def numbers_of_codes(self, column: str) -> list[Cell]:
        """Write codes of digits as the numbers a spreadsheet takes them for."""
        return self._written(column, lambda code, _: int(str(code)))

    def figures(self, column: str, decimals: int) -> list[Cell]:
        """Write whole numbers of the stored unit in a unit so many powers of ten above it, never rounded."""
        return self._written(
            column, lambda value, style: _figure(decimal_text(value, decimals), style)
        )

    def texts_of_figures(self, column: str, decimals: int) -> list[Cell]:
        """Write figures for a file of plain text: mostly with thousands separators."""
        return self._written(
            column,
            lambda value, style: (
                decimal_text(value, decimals)
                if style < 15
                else with_thousands(decimal_text(value, decimals))
            ),
        )

    def flags(self, column: str) -> list[Cell]:
        """Write 是 and 否."""
        return self._written(column, lambda flag, _: "是" if flag else "否")

    def days(self, column: str) -> list[Cell]:
        """Write days: half of them as real dates, the others as text in several ways."""
        return self._written(column, lambda day, style: _DAYS[max(0, style - 44) // 10](_day(day)))

    def days_as_text(self, column: str) -> list[Cell]:
        """Write days for a file of plain text, where a whole file has one way."""
        return self._written(column, lambda day, _: _day(day).isoformat())

    def months(self, column: str) -> list[Cell]:
        """Write months: 2023年5月 or 2023-05."""
        return self._written(
            column,
            lambda day, style: (
                f"{_day(day).year}年{_day(day).month}月" if style < 60 else f"{_day(day):%Y-%m}"
            ),
        )

    def _written(self, column: str, write: Callable[[object, int], Cell]) -> list[Cell]:
        styles = self._throws(column, 100)
        return [
            _NOTHING[style % len(_NOTHING)] if value is None else write(value, style)
            for value, style in zip(self.rows[column], styles, strict=True)
        ]

    def _throws(self, salt: str, limit: int) -> list[int]:
        places = pl.DataFrame({"row": pl.int_range(self.rows.height, dtype=pl.Int64, eager=True)})
        return places.select(self.dice.below(f"written/{salt}", limit)).to_series().to_list()


def decimal_text(value: object, decimals: int) -> str:
    """Move the decimal point of a whole number to the left: 12345 by 2 is 123.45, without closing zeros."""
    digits = str(value)
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    digits = digits.rjust(decimals + 1, "0")
    before, after = digits[: len(digits) - decimals], digits[len(digits) - decimals :].rstrip("0")
    return f"{sign}{before}.{after}" if after else f"{sign}{before}"


def with_thousands(text: str) -> str:
    """Put commas between thousands: 1234567.8 becomes 1,234,567.80, with two places as money has them."""
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    before, _, after = text.partition(".")
    return f"{sign}{int(before):,}.{after.ljust(2, '0')}"


def number_cell(text: str) -> Cell:
    """Give a number of the spreadsheet; a text where a float would show digits nobody wrote."""
    if "." not in text:
        return int(text) if len(text) <= 15 else text
    number = float(text)
    shown = f"{number:.16G}", f"{number:.9f}".rstrip("0")
    return number if shown == (text, text) else text


def total(values: Iterable[int | None], decimals: int) -> Cell:
    """Give the sum for the total row, as a number."""
    return number_cell(decimal_text(sum(value or 0 for value in values), decimals))


def _figure(text: str, style: int) -> Cell:
    if style < 80:
        return number_cell(text)
    grouped = with_thousands(text).removesuffix(".00")
    return grouped if style < 93 else text.translate(_FULL_WIDTH)


def _code(code: str, style: int) -> Cell:
    if style < 4:
        return f" {code[:6]} {code[6:]} "
    if style < 7:
        return code.lower()
    if style < 10:
        return code.translate({ordinary: ordinary + 0xFEE0 for ordinary in map(ord, code)})
    return code


def _name(name: str, style: int) -> str:
    half_width = name.replace("（", "(").replace("）", ")") if style < 40 else name
    return f" {half_width}" if style < 2 else half_width


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is no day")
    return value
