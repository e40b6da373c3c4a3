"""Reading membership conditions: `{listed: little_giant, first_in: 2026}`."""

from datetime import date

from matching.language.conditions import Listed
from matching.language.periods import YEAR, window_days
from matching.language.reading import Reader, nearest_words
from matching.language.yaml_tree import Block

KEYS = (
    "listed", "level", "batch", "valid_on", "still", "since_by",
    "first_in", "first_year", "within_years", "within_months", "level_from", "label",
)  # fmt: skip
FIRSTS = ("first_in", "first_year")
LOOK_BACKS = ("within_years", "within_months")
BEGINNINGS = (*FIRSTS, *LOOK_BACKS)
STANDINGS = frozenset({"valid_on", "since_by", "still"})


def read_listed(reader: Reader, block: Block, where: str, label: str | None) -> Listed:
    """Read a membership condition; its list, levels and days must exist and go together."""
    reader.only(block, where, KEYS)
    entries = block.entries
    key = reader.text(entries["listed"], f"{where}.listed")
    if key not in reader.vocabulary.lists:
        near = nearest_words(key, reader.vocabulary.lists)
        raise reader.note(
            block.line, where, f"没有名录“{key}”", f"相近的有：{near}；新名录先写进 lists.yml"
        )
    first = [word for word in BEGINNINGS if word in entries]
    # A look-back may end on a day of its own; the very first entry is asked for by its own days.
    apart = STANDINGS if any(word in FIRSTS for word in first) else STANDINGS - {"valid_on"}
    if len(first) > 1 or (first and not apart.isdisjoint(entries)):
        clash = [word for word in entries if word in {*BEGINNINGS, *STANDINGS}]
        raise reader.note(block.line, where, f"{'与'.join(clash)}不能同用", "只留一种")
    still = "still" not in entries or reader.word(
        entries["still"], f"{where}.still", ("yes", "no", "true", "false")
    ) in ("yes", "true")
    return Listed(
        list=key,
        levels=_levels(reader, block, where, key),
        batches=reader.texts(entries["batch"], f"{where}.batch") if "batch" in entries else (),
        valid_on=reader.day(entries["valid_on"], f"{where}.valid_on")
        if "valid_on" in entries
        else None,
        still=still and not first,
        since_by=reader.day(entries["since_by"], f"{where}.since_by")
        if "since_by" in entries
        else None,
        first_in=_first_in(reader, block, where),
        first_year=reader.whole(entries["first_year"], f"{where}.first_year", -20, 0)
        if "first_year" in entries
        else None,
        within_years=reader.whole(entries["within_years"], f"{where}.within_years", 1, 30)
        if "within_years" in entries
        else None,
        within_months=reader.whole(entries["within_months"], f"{where}.within_months", 1, 360)
        if "within_months" in entries
        else None,
        label=label,
    )


def _levels(reader: Reader, block: Block, where: str, key: str) -> tuple[str, ...]:
    """Give the levels meant; `level_from` is one of them and every higher one."""
    given = [word for word in ("level", "level_from") if word in block.entries]
    if not given:
        return ()
    if len(given) > 1:
        raise reader.note(block.line, where, "level与level_from不能同用", "只留一种")
    said = reader.texts(block.entries[given[0]], f"{where}.{given[0]}")
    known = reader.vocabulary.lists[key].levels
    for level in said:
        if level not in known:
            way = f"可用：{'、'.join(known)}" if known else "该名录不分级别，去掉 level"
            raise reader.note(block.line, where, f"名录“{key}”没有级别“{level}”", way)
    if given[0] == "level":
        return said
    if len(said) > 1:
        raise reader.note(block.line, where, "level_from 只能写一个级别", "写最低的那一级")
    return known[known.index(said[0]) :]


def _first_in(reader: Reader, block: Block, where: str) -> tuple[date, date] | None:
    if "first_in" not in block.entries:
        return None
    said = reader.text(block.entries["first_in"], f"{where}.first_in")
    if YEAR.fullmatch(said):
        return date(int(said), 1, 1), date(int(said), 12, 31)
    days = window_days(said)
    if days is None:
        raise reader.note(
            block.line, where, f"“{said}”不是年份或日期区间", "写成 2026 或 2025-07-01..2026-06-30"
        )
    return days
