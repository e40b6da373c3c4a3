"""Find enterprises by code, by name or by a part of a name; the database does the looking."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec
import polars as pl
from rapidfuzz import fuzz

from matching.storage.database import snapshot
from matching.storage.read import read_frame
from registry.enterprises.names import name_key

Why = Literal["code", "code_start", "name", "former_name", "similar", "similar_former"]

LONGEST_QUERY = 100
SHOWN = 50
CANDIDATES = 400
LIKE_ENOUGH = 60
LONGEST_ASKED = 8
GUESSES = 10
CODE_LETTERS = 18
CODE_START = re.compile(r"[0-9A-Z]{4,18}")

# Pairs of letters that most names have: they find everything and tell nothing.
EVERYWHERE = frozenset(
    ("有限", "限公", "公司", "责任", "任公", "股份", "份有", "技有", "业有", "易有")
)

_CODES = {"id": pl.Int64, "name": pl.String, "uscc": pl.String}
_NAMES = {**_CODES, "seen": pl.String, "seen_key": pl.String}
_STANDINGS = {
    "id": pl.Int64,
    "enterprise_id": pl.Int64,
    "fact": pl.String,
    "text": pl.String,
    "observed_on": pl.Date,
}


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One enterprise found.

    why     what of it matched; `seen` is the former name that did.
    place   place code, `status` status word, as last told; None: nobody has told.
    """

    enterprise_id: int
    name: str
    uscc: str | None
    why: Why
    seen: str | None = None
    place: str | None = None
    status: str | None = None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found.

    exact  the enterprise whose whole code was given.
    more   whether there are more than are given here.
    """

    hits: tuple[Hit, ...] = ()
    exact: int | None = None
    more: bool = False


def cleaned(text: str) -> str:
    """Give a query without control characters, at most as long as a name can be."""
    kept = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    return kept.strip()[:LONGEST_QUERY]


async def search_enterprises(text: str) -> Found:
    """Search by code, then by name, and by likeness only where nothing else was found."""
    wanted = name_key(cleaned(text))
    if not wanted:
        return Found()
    async with snapshot():
        by_code = await _by_code(wanted)
        if len(wanted) == CODE_LETTERS and by_code:
            return Found(hits=await _with_standings(by_code), exact=by_code[0].enterprise_id)
        hits = by_code or await _by_name(wanted) or await _by_likeness(wanted)
        shown = await _with_standings(hits[:SHOWN])
    return Found(hits=shown, more=len(hits) > SHOWN)


async def _by_code(wanted: str) -> list[Hit]:
    if not CODE_START.fullmatch(wanted):
        return []
    found = await read_frame(
        "SELECT id, name, uscc FROM enterprise WHERE uscc >= $1 AND uscc < $2"
        " ORDER BY uscc LIMIT 51",
        _CODES,
        (wanted, wanted + "ZZ"),
    )
    return [
        Hit(
            enterprise_id=row["id"],
            name=row["name"],
            uscc=row["uscc"],
            why="code" if row["uscc"] == wanted else "code_start",
        )
        for row in found.iter_rows(named=True)
    ]


async def _by_name(wanted: str) -> list[Hit]:
    part = _literal(wanted)
    found = await read_frame(
        "SELECT e.id, e.name, e.uscc, n.name AS seen, n.name_key AS seen_key"  # noqa: S608  fixed text
        " FROM enterprise_name n JOIN enterprise e ON e.id = n.enterprise_id"
        " WHERE n.name_key LIKE $1 ESCAPE '\\'"
        " ORDER BY CASE WHEN n.name_key = $2 THEN 0 WHEN n.name_key LIKE $3 ESCAPE '\\' THEN 1"
        f" ELSE 2 END, length(n.name_key), n.name_key, e.id LIMIT {4 * SHOWN}",
        _NAMES,
        (f"%{part}%", wanted, f"{part}%"),
    )
    key = pl.col("seen_key")
    nearest = found.sort(
        key != wanted, ~key.str.starts_with(wanted), key.str.len_chars(), key, "id"
    )
    return _one_each(nearest, "name", "former_name")


async def _by_likeness(wanted: str) -> list[Hit]:
    pairs = [one + two for one, two in pairwise(wanted)]
    telling = [pair for pair in dict.fromkeys(pairs) if pair not in EVERYWHERE][:LONGEST_ASKED]
    if not telling:
        return []
    has = [f"name_key LIKE ${place} ESCAPE '\\'" for place in range(1, len(telling) + 1)]
    shared = " + ".join(f"CASE WHEN {test} THEN 1 ELSE 0 END" for test in has)
    found = await read_frame(
        "SELECT e.id, e.name, e.uscc, n.name AS seen, n.name_key AS seen_key FROM"  # noqa: S608  fixed text
        f" (SELECT enterprise_id, name, name_key, {shared} AS shared FROM enterprise_name"
        f" WHERE {' OR '.join(has)}"
        f" ORDER BY shared DESC, length(name_key), enterprise_id LIMIT {CANDIDATES}) n"
        " JOIN enterprise e ON e.id = n.enterprise_id",
        _NAMES,
        [f"%{_literal(pair)}%" for pair in telling],
    )
    # WRatio also holds a short query against parts of a long name.
    scores = [fuzz.WRatio(wanted, key) for key in found["seen_key"]]
    like = found.with_columns(pl.Series("score", scores, dtype=pl.Float64))
    nearest = like.filter(pl.col("score") >= LIKE_ENOUGH).sort(
        "score", "id", descending=[True, False]
    )
    return _one_each(nearest, "similar", "similar_former")[:GUESSES]


def _literal(text: str) -> str:
    """Take from LIKE's own signs their meaning."""
    return re.sub(r"([\\%_])", r"\\\1", text)


def _one_each(found: pl.DataFrame, now: Why, former: Why) -> list[Hit]:
    """Give each enterprise once, by the best of its names."""
    hits: dict[int, Hit] = {}
    for row in found.iter_rows(named=True):
        is_now = row["seen"] == row["name"]
        hits.setdefault(
            row["id"],
            Hit(
                enterprise_id=row["id"],
                name=row["name"],
                uscc=row["uscc"],
                why=now if is_now else former,
                seen=None if is_now else row["seen"],
            ),
        )
    return list(hits.values())


async def _with_standings(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Add place and status as last told; both have one source, so the newest counts."""
    if not hits:
        return ()
    numbers = ", ".join(str(hit.enterprise_id) for hit in hits)
    found = await read_frame(
        "SELECT id, enterprise_id, fact, text, observed_on FROM fact_value"  # noqa: S608  whole numbers only
        f" WHERE enterprise_id IN ({numbers}) AND fact IN ('place', 'status')",
        _STANDINGS,
    )
    told: dict[tuple[int, str], str] = {
        (row["enterprise_id"], row["fact"]): row["text"]
        for row in found.sort("observed_on", "id").iter_rows(named=True)
    }
    return tuple(
        msgspec.structs.replace(
            hit,
            place=told.get((hit.enterprise_id, "place")),
            status=told.get((hit.enterprise_id, "status")),
        )
        for hit in hits
    )
