"""What resolution says of the rows of a sheet."""

from typing import Literal

import msgspec
import polars as pl

Columns = dict[str, pl.DataType | type[pl.DataType]]
"""Names and types of a frame's columns."""

LINKS = {"row": pl.Int64, "enterprise_id": pl.Int64}

ROWS = {
    "row": pl.Int64,
    "name": pl.String,
    "uscc": pl.String,
    "place": pl.String,
    "legal_representative": pl.String,
    "address": pl.String,
    "phone": pl.String,
}
"""Columns of rows to be linked. Null is unknown; `uscc` is a compact valid code; `place` a code of GB/T 2260."""

KNOWN = {
    "enterprise_id": pl.Int64,
    "uscc": pl.String,
    "place": pl.String,
    "legal_representative": pl.String,
    "address": pl.String,
    "phone": pl.String,
}
"""Columns of what is known of enterprises beside their names. Null is unknown."""

Verdict = Literal["auto", "review", "new", "unnamed"]
"""auto: linked. review: a person decides. new: nothing is near. unnamed: neither code nor name, nothing to go by."""

By = Literal["code", "code_unknown", "name", "evidence", "nothing_near", "no_name"]
"""What a verdict rests on.

code          a valid code that one enterprise has.
code_unknown  a valid code nobody has, and no name near enough to be asked about.
name          a writing of a name that one enterprise alone bears or bore, nothing speaking against it.
evidence      all that is known together: linked above the threshold, or a person is asked.
nothing_near  no name is near.
no_name       the row has neither code nor name.
"""

VERDICTS: Columns = {
    "row": pl.Int64,
    "verdict": pl.String,
    "enterprise_id": pl.Int64,
    "by": pl.String,
    "probability_bp": pl.Int32,
}
"""Columns of `Linked.verdicts`; enterprise_id is null unless "auto", probability_bp where no evidence was weighed."""

Sign = Literal["agrees", "differs", "unknown"]

ABOUT = ("name", "code", "place", "legal_representative", "address", "phone")

CANDIDATES: Columns = {
    "row": pl.Int64,
    "rank": pl.Int8,
    "enterprise_id": pl.Int64,
    "name": pl.String,
    "name_kind": pl.Int8,
    "probability_bp": pl.Int32,
    "marks": pl.List(pl.String),
    **dict.fromkeys(ABOUT[1:], pl.String),
}
"""Columns of `Linked.candidates`: `code` … `phone` are Signs, `marks` say how the names differ, rank 1 is the nearest."""

Mark = Literal[
    "same_name",
    "former_name",
    "short_name",
    "same_sound",
    "other_character",
    "missing_character",
    "extra_character",
    "swapped",
    "contrast",
    "number_differs",
    "branch",
    "institution_differs",
    "place_differs",
    "place_missing",
    "form_differs",
    "form_missing",
    "brand_differs",
    "little_said",
    "close_rival",
]
"""How a row's name and an enterprise's stand to each other; `tell_evidence` says each in Chinese."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What one datum says of whether a row speaks of an enterprise.

    about  "name", "code", "place", "legal_representative", "address" or "phone".
    sign   "unknown" where the row or the register lacks it.
    marks  for the name: how the two differ; empty for the others.
    given  what the row says; None: nothing.
    known  what the register says; None: nothing.
    """

    about: str
    sign: Sign
    marks: tuple[Mark, ...] = ()
    given: str | None = None
    known: str | None = None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An enterprise a row may speak of, with all that was weighed.

    name            the name of it that is nearest to the row's.
    name_kind       0 its present name, 1 a former one, 2 a short one.
    probability_bp  that the row speaks of it, 0 to 10000.
    """

    enterprise_id: int
    name: str
    name_kind: int
    probability_bp: int
    evidence: tuple[Evidence, ...]


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """Whom each row speaks of.

    verdicts    one row each: VERDICTS.
    candidates  up to five a row under review, the one linked by evidence, and the near ones of a code nobody has:
                CANDIDATES.
    """

    verdicts: pl.DataFrame
    candidates: pl.DataFrame

    def links(self) -> pl.DataFrame:
        """Give row and enterprise_id of the rows that are linked."""
        return self.verdicts.filter(pl.col("verdict") == "auto").select(*LINKS)


class Unresolved(msgspec.Struct, frozen=True, kw_only=True):
    """A row that speaks of nobody we can be sure of."""

    row: int
    problem: str
    way_out: str


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """Who the rows speak of.

    links       row and enterprise_id, under which its values are kept: below zero a stand-in.
    meant       row and enterprise_id of the enterprise that is, as far as it is known.
    unresolved  rows nothing is taken of.
    created     how many enterprises were not known before.
    """

    links: pl.DataFrame
    meant: pl.DataFrame
    unresolved: tuple[Unresolved, ...]
    created: int

    def by_name(self) -> int:
        """Count the rows linked without a code."""
        stood = self.links.filter(pl.col("enterprise_id") < 0)
        return stood.join(self.meant, on="row", how="semi").height

    def held(self) -> int:
        """Count the rows held for review."""
        return self.links.join(self.meant, on="row", how="anti").height
