"""The candidates of rows, out of the columns they are kept in, with the values behind each Sign."""

from collections.abc import Sequence

import msgspec
import polars as pl

from registry.resolution.types import ABOUT, Candidate, Evidence, Mark, Sign

SIDES = {
    "row": pl.Int64,
    "enterprise_id": pl.Int64,
    **{f"{side}_{about}": pl.String for about in ABOUT for side in ("given", "known")},
}
"""Columns of what the row (given) and the enterprise (known) say; known_name is not needed: the candidate has it."""


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of CANDIDATES joined with SIDES."""

    row: int
    enterprise_id: int
    name: str
    name_kind: int
    probability_bp: int
    marks: tuple[Mark, ...]
    code: Sign
    place: Sign
    legal_representative: Sign
    address: Sign
    phone: Sign
    given_name: str | None = None
    given_code: str | None = None
    given_place: str | None = None
    given_legal_representative: str | None = None
    given_address: str | None = None
    given_phone: str | None = None
    known_code: str | None = None
    known_place: str | None = None
    known_legal_representative: str | None = None
    known_address: str | None = None
    known_phone: str | None = None


def read_candidates(
    candidates: pl.DataFrame, sides: pl.DataFrame, rows: Sequence[int]
) -> dict[int, tuple[Candidate, ...]]:
    """Give the candidates of each of these rows, nearest first; a row without any gets an empty tuple.

    candidates  CANDIDATES, as `Linked` has them.
    sides       SIDES for the pairs of these rows; a pair that is not there has unknown values.
    """
    found: dict[int, list[Candidate]] = {row: [] for row in rows}
    asked = candidates.filter(pl.col("row").is_in(list(rows)))
    joined = asked.join(sides, on=["row", "enterprise_id"], how="left").sort("row", "rank")
    for line in msgspec.convert(joined.to_dicts(), list[_Line]):
        found[line.row].append(_candidate(line))
    return {row: tuple(near) for row, near in found.items()}


def _candidate(line: _Line) -> Candidate:
    named = Evidence(
        about="name",
        sign="agrees" if "same_name" in line.marks else "differs",
        marks=line.marks,
        given=line.given_name,
        known=line.name,
    )
    others = tuple(
        Evidence(
            about=about,
            sign=getattr(line, about),
            given=getattr(line, f"given_{about}"),
            known=getattr(line, f"known_{about}"),
        )
        for about in ABOUT[1:]
    )
    return Candidate(
        enterprise_id=line.enterprise_id,
        name=line.name,
        name_kind=line.name_kind,
        probability_bp=line.probability_bp,
        evidence=(named, *others),
    )
