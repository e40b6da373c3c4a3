"""The receipt of a run: one hash over what it judged by, what came out, and the receipt before it."""

import hashlib
import json

import polars as pl

from matching.runs.compare import Compared
from matching.runs.types import Decided


def receipt(heads: dict[str, str], decided: Decided, compared: Compared, before: str | None) -> str:
    """Give the hash of a run.

    heads   period, as_of, known_at, engine version and the digests of input and rules.
    before  the receipt of the run compared with: altering an old run breaks every later receipt.
    """
    content = {
        **heads,
        "entitlements": _rows_digest(decided.entitlements),
        "set_aside": _rows_digest(decided.set_aside),
        "totals": _rows_digest(decided.totals),
        "changes": _rows_digest(compared.changes),
        "kept": str(compared.kept),
        "before": before or "",
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _rows_digest(frame: pl.DataFrame) -> str:
    ordered = frame.sort(frame.columns)
    return hashlib.sha256(ordered.write_csv(null_value="\\N").encode()).hexdigest()
