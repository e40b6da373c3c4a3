"""What zen-engine is told of an enterprise: whole numbers, words, and lists of entries with their days as numbers."""

import re
from datetime import date, timedelta

from matching.language.vocabulary import Vocabulary
from tests.matching.engine.small_world import Cell, Entry, Firm

NEVER = date(9000, 1, 1).toordinal()
Said = int | str | bool | list[int | None] | list[dict[str, int | str | None]]


def zen_name(column: str) -> str:
    """Give a column the name it has in zen, whose words hold letters, digits and underscores only."""
    return "of_" + re.sub(r"[^a-z0-9]", "_", column.lower())


def zen_row(firm: Firm, columns: tuple[str, ...], vocabulary: Vocabulary) -> dict[str, Said]:
    """Give everything zen is to know of an enterprise; raises KeyError where a fact is not known."""
    row: dict[str, Said] = {}
    for column in columns:
        if column in vocabulary.lists:
            entries = [entry for entry in firm.entries if entry.list == column]
            row[zen_name(column)] = [_days(entry, vocabulary) for entry in entries]
        elif column.startswith("paid:"):
            paid = [award.cents for award in firm.awards if f"paid:{award.family}" == column]
            row[zen_name(column)] = paid
        else:
            row[zen_name(column)] = _plain(firm.facts[column])
    return row


def _plain(cell: Cell) -> int | str | bool:
    return cell.toordinal() if isinstance(cell, date) else cell


def _days(entry: Entry, vocabulary: Vocabulary) -> dict[str, int | str | None]:
    assert entry.from_on is not None
    until = entry.until_on or _last_by_rule(
        entry.from_on, vocabulary.lists[entry.list].validity_years
    )
    return {
        "level": entry.level,
        "batch": entry.batch,
        "since": entry.from_on.toordinal(),
        "until": until.toordinal() if until else NEVER,
        "left": entry.left_on.toordinal() if entry.left_on else NEVER,
    }


def _last_by_rule(since: date, years: int | None) -> date | None:
    """Give the day before so many full years have passed; an entry of 29 February fills them on 1 March."""
    if years is None:
        return None
    leap = (since.month, since.day) == (2, 29) and (since.year + years) % 4 != 0
    full = date(since.year + years, 3, 1) if leap else since.replace(year=since.year + years)
    return full - timedelta(days=1)
