"""What is compared of a query in Latin letters and a name near it, spelled in syllables or in first letters."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from rapidfuzz.distance import Indel

from registry.lookup.candidates import Floats
from registry.lookup.features import name_weights
from registry.lookup.fold import fold
from registry.lookup.index import Index
from registry.lookup.letters import syllable_by_letter
from registry.lookup.shortlist import Near

Spelling = Literal["pinyin", "initials"]

LATIN_FEATURES = (
    "alike",
    "head_alike",
    "core_alike",
    "best_alike",
    "query_known",
    "name_known",
    "inside",
    "starts",
    "shared",
)
"""What each column of `latin_features` says.

alike, head_alike, core_alike  resemblance to the whole name, to it without legal form and what follows, to its core.
best_alike                     the greatest of them.
query_known                    share of the query's letters that stand in the name, in order.
name_known                     share of the information of the name, without legal form, that stands in the query.
inside, starts                 the query stands in the name; the core begins with it or it with the core.
shared                         share of the query's grams.
"""


def latin_features(typed: str, names: Sequence[Near], spelling: Spelling, main: Index) -> Floats:
    """Compare a query in Latin letters with each name; gives a row a name and a column a feature."""
    if not names:
        return np.empty((0, len(LATIN_FEATURES)))
    weights = name_weights([near.text for near in names], main)
    return np.array(
        [_row(typed, near, spelling, told) for near, told in zip(names, weights, strict=True)]
    )


def spelled(text: str, spelling: Spelling) -> list[str]:
    """Give how each letter of a text is spelled; what has no sound stays as it is."""
    known = syllable_by_letter()
    parts = [known.get(letter, letter) for letter in text]
    return parts if spelling == "pinyin" else [part[0] for part in parts]


def _row(typed: str, near: Near, spelling: Spelling, told: list[float]) -> list[float]:
    parts = spelled(near.text, spelling)
    whole, head = "".join(parts), "".join(parts[: near.end])
    core = "".join(parts[near.start : near.end])
    if near.text != near.name:
        whole = "".join(spelled(fold(near.name).spoken, spelling))
    alike = [Indel.normalized_similarity(typed, one) for one in (whole, head, core)]
    known, told_known = _known(typed, parts[: near.end], told)
    return [
        *alike,
        max(alike),
        known,
        told_known,
        float(typed in whole),
        float(core.startswith(typed) or typed.startswith(core)),
        near.shared,
    ]


def _known(typed: str, parts: Sequence[str], told: list[float]) -> tuple[float, float]:
    """Give the share of the query in the name, and of the name's information in the query."""
    owners = [at for at, part in enumerate(parts) for _ in part]
    blocks = Indel.opcodes(typed, "".join(parts)).as_matching_blocks()
    known = sum(block.size for block in blocks) / max(1, len(typed))
    held = 0.0
    for block in blocks:
        for owner in owners[block.b : block.b + block.size]:
            held += (told[owner + 1] - told[owner]) / len(parts[owner])
    return known, held / (told[len(parts)] or 1.0)
