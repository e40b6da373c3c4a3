"""Read ledgers beside a table of profiles: who is bound to whom, who claims which evidence, what is used up."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import polars as pl

from matching.engine.population import (
    EVIDENCE_COLUMNS,
    RELATION_COLUMNS,
    USE_COLUMNS,
    Population,
)
from matching.engine.profile_table import ProfileTable, population_of_table
from matching.language.vocabulary import Vocabulary
from registry.profiles.table_files import ProfilesRefused, read_table

ROLES = ("parent", "member")
USED = ("person", "loan", "contract", "project")
MAY_BE_EMPTY = ("amount_cents",)
MOST_TOLD = 50
Check = Callable[[object], str | None]


class LedgerFiles(msgspec.Struct, frozen=True, kw_only=True):
    """Files of the three ledgers; None: not given, and what it would say is unknown."""

    relations: Path | None = None
    evidence: Path | None = None
    uses: Path | None = None


NO_LEDGERS = LedgerFiles()


def read_profiles(
    profiles: Path, vocabulary: Vocabulary, ledgers: LedgerFiles, on: date
) -> ProfileTable:
    """Read a table of profiles and the ledgers beside it; raises ProfilesRefused."""
    read = population_of_table(read_table(profiles), vocabulary)
    population = with_ledgers(read.population, ledgers, vocabulary, on)
    return msgspec.structs.replace(read, population=population)


def with_ledgers(
    population: Population, files: LedgerFiles, vocabulary: Vocabulary, on: date
) -> Population:
    """Give the population with the ledgers of these files.

    A file is taken to be the whole ledger as of the day: relations and uses that are not in it are not, and of
    the facts an evidence file names, an enterprise without a row claims nothing.
    `enterprise_id` is the row of the profile table. Raises ProfilesRefused with every bad row and column.
    """
    ids = population.frame["enterprise_id"]
    coverage = dict(population.coverage)
    frames: dict[str, pl.DataFrame] = {}
    if files.relations is not None:
        checks = {"enterprise_id": _row_of(ids), "role": _one_of(ROLES)}
        frames["relations"] = _ledger(files.relations, RELATION_COLUMNS, checks)
        coverage["relations"] = on
    if files.evidence is not None:
        claims = tuple(key for key, fact in vocabulary.facts.items() if fact.ledger is not None)
        checks = {"enterprise_id": _row_of(ids), "fact": _one_of(claims)}
        evidence = _ledger(files.evidence, EVIDENCE_COLUMNS, checks)
        frames["evidence"] = evidence
        coverage |= dict.fromkeys(evidence["fact"].unique().to_list(), on)
    if files.uses is not None:
        frames["uses"] = _ledger(files.uses, USE_COLUMNS, {"ledger": _one_of(USED)})
        coverage["uses"] = on
    return msgspec.structs.replace(population, coverage=coverage, **frames)


def _ledger(path: Path, columns: dict[str, pl.DataType], checks: dict[str, Check]) -> pl.DataFrame:
    """Read one ledger; raises ProfilesRefused with every cell that cannot be taken."""
    table = read_table(path)
    missing = [name for name in columns if name not in table.columns and name not in MAY_BE_EMPTY]
    strange = [name for name in table.columns if name not in columns]
    problems = [f"{path} {name}：没有这一列；要有 {'、'.join(columns)}" for name in missing]
    problems += [f"{path} {name}：不认识的列；只用 {'、'.join(columns)}" for name in strange]
    if problems:
        raise ProfilesRefused("\n".join(problems))
    read = {
        name: _column(table[name] if name in table.columns else None, kind, table.height)
        for name, kind in columns.items()
    }
    for name, (values, given) in read.items():
        problems += [f"{path} {told}" for told in _problems(name, values, given, checks.get(name))]
    if problems:
        more = len(problems) - MOST_TOLD
        rest = [f"…… 另有 {more} 处"] if more > 0 else []
        raise ProfilesRefused("\n".join([*problems[:MOST_TOLD], *rest]))
    return pl.DataFrame([values.alias(name) for name, (values, _) in read.items()])


def _column(cells: pl.Series | None, kind: pl.DataType, rows: int) -> tuple[pl.Series, pl.Series]:
    """Give the cells as their kind, null where they are not, and as texts."""
    if cells is None:
        cells = pl.Series([None] * rows, dtype=pl.String)
    texts = cells.cast(pl.String).str.strip_chars().replace("", None)
    return texts.cast(kind, strict=False), texts


def _problems(name: str, values: pl.Series, given: pl.Series, check: Check | None) -> list[str]:
    found: list[str] = []
    for row, (value, text) in enumerate(zip(values, given, strict=True), start=1):
        if text is None:
            if name not in MAY_BE_EMPTY:
                found.append(f"第{row}行 {name}：空白；每一行都要写")
        elif value is None:
            found.append(f"第{row}行 {name}：“{text}”不是整数；写整数，金额写分")
        elif check is not None and (wrong := check(value)) is not None:
            found.append(f"第{row}行 {name}：{wrong}")
    return found


def _row_of(ids: pl.Series) -> Check:
    known = frozenset(ids.to_list())

    def check(value: object) -> str | None:
        if value in known:
            return None
        return f"画像表里没有第{value}行；写企业在画像表里的行号（第一家是1）"

    return check


def _one_of(words: tuple[str, ...]) -> Check:
    def check(value: object) -> str | None:
        return (
            None if value in words else f"“{value}”不可用；可用：{'、'.join(words) or '（没有）'}"
        )

    return check
