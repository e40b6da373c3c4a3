"""What passes through the question who is the same as whom.

A *subject* is whom a stored value speaks of, by its number: an enterprise's own id, above zero; or
below zero a stand-in: somebody a sheet names without a code that we know. Values are kept under
their subject for ever; which enterprise the subject is, judgements say, and later ones may say
otherwise: so a wrong merge is split again and every value goes back where it came from.
"""

from datetime import datetime
from typing import Literal

import msgspec
import polars as pl

Verdict = Literal["same", "different", "apart"]
"""`same`: the subject is this enterprise. `different`: it is not this one, whoever it may be.
`apart`: it stands for itself again, whatever was judged before."""

EVIDENCE = ("name_key", "uscc", "place", "legal_representative", "address", "phone")
"""What tells two stand-ins apart; null: not told."""

STAND_INS: dict[str, pl.DataType | type[pl.DataType]] = {
    "subject_id": pl.Int64,
    "name": pl.String,
    **dict.fromkeys(EVIDENCE, pl.String),
    "department": pl.String,
    "import_id": pl.Int64,
}
"""Columns of a frame of stand-ins; `subject_id` is below zero."""

JUDGEMENTS: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.Int64,
    "subject_id": pl.Int64,
    "verdict": pl.String,
    "enterprise_id": pl.Int64,
    "probability_bp": pl.Int64,
    "evidence": pl.String,
    "reason": pl.String,
    "decided_by": pl.String,
    "recorded_at": pl.Datetime("us", "UTC"),
}

IDENTITIES: dict[str, pl.DataType | type[pl.DataType]] = {
    "subject_id": pl.Int64,
    "enterprise_id": pl.Int64,
}
"""Columns of the frame that says which enterprise a subject is, where that is another number than its own."""


Situation = Literal["judged", "one_bearer", "evidence", "several_bearers", "near", "nobody_near"]
"""What the linking made of a stand-in: judged before; linked by a name one enterprise alone has or by evidence;
else a person is asked: several bear the name, names are near, nobody's is."""

SEEN: dict[str, pl.DataType | type[pl.DataType]] = {
    "subject_id": pl.Int64,
    "import_id": pl.Int64,
    "situation": pl.String,
    "candidates": pl.String,
}
"""Columns of a frame of stand-ins in imports; `candidates` is JSON of Candidate, nearest first, null: nobody."""


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about one subject, by a person or by the linking of rows. Never changed.

    enterprise_id   whom it is, or is not; None only where the verdict is "apart".
    probability_bp  how sure the linking was, in basis points; None: no probability was weighed.
    evidence        JSON of what agreed, differed or was unknown when it was decided.
    decided_by      a person's name, or "system" (then without probability_bp a name decided that only one bears).
    """

    subject_id: int
    verdict: Verdict
    enterprise_id: int | None
    reason: str
    decided_by: str
    recorded_at: datetime
    probability_bp: int | None = None
    evidence: str | None = None
