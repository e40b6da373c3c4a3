"""Names written in Latin letters: as syllables (hengda shangmao) or as first letters (hdsm)."""

from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec
import numpy as np

from registry.lookup.candidates import (
    Query,
    gather,
    gather_lists,
    letter_weights,
    sounds_as_text,
)
from registry.lookup.fold import Folded, fold
from registry.lookup.grams import four_grams, pair_grams
from registry.lookup.index import Index
from registry.lookup.latin_features import Spelling, latin_features
from registry.lookup.letters import (
    Sounds,
    classes_by_syllable,
    letters_of,
)
from registry.lookup.score import latin_scores
from registry.lookup.shortlist import Near, shortlist

Matched = Literal["name", "former_name", "short_name", "pinyin", "initials"]
LATIN_LEAST = 4
"""Latin letters a query needs."""
_FULL_SYLLABLE = 2.4
"""Letters a syllable has where nobody means first letters."""
_LONGEST_SYLLABLE = 6
_NEAREST = 96


class Ranked(msgspec.Struct, frozen=True):
    """A name with its score, and how it matched.

    held         a brief query stands in it as it is, which comes first.
    looks_alike  the query with another character that looks like the one written stands in it.
    """

    near: Near
    score: float
    matched: Matched
    held: bool = False
    looks_alike: bool = False


def is_latin(letters: str) -> bool:
    """Say whether a folded text is written in Latin letters and digits alone."""
    return letters.isascii()


def find_latin(text: str, indexes: Sequence[Index]) -> list[Ranked]:
    """Give the names whose syllables or first letters a text may be."""
    spoken, typed = syllables_of(text), fold(text).text
    spellings: list[Spelling] = ["pinyin"] if len(spoken) > 1 else []
    if len(spoken) < 2 or len(typed) < _FULL_SYLLABLE * len(spoken):
        spellings.append("initials")
    found: list[Ranked] = []
    for spelling in spellings:
        typed, near = near_in_letters(text, indexes, spelling)
        chances = latin_scores(latin_features(typed, near, spelling, indexes[0]), spelling)
        found += [
            Ranked(name, float(chance), spelling)
            for name, chance in zip(near, chances, strict=True)
        ]
    return found


def near_in_letters(
    text: str, indexes: Sequence[Index], spelling: Spelling
) -> tuple[str, list[Near]]:
    """Give the letters typed and the names near them, read as syllables or as first letters."""
    typed = fold(text).text
    if spelling == "initials":
        return typed, _by_initials(typed, indexes)
    found: list[Near] = []
    ways = {tuple(syllables_of(text, first_long=first_long)) for first_long in (False, True)}
    for spoken in sorted(ways):
        query = _spoken_query(typed, spoken, indexes[0])
        found += shortlist(query, gather(query, indexes, _NEAREST), indexes, _NEAREST)
    return typed, found


def syllables_of(text: str, *, first_long: bool = False) -> list[str]:
    """Take Latin letters apart into as few syllables as may be; an unfinished one at the end is left out.

    Blanks and apostrophes part syllables. Gives none where the letters are no syllables.
    first_long  of two ways to part them the one whose earlier syllables are long: yan an, not ya nan.
    """
    found: list[str] = []
    pieces = "".join(
        sign if sign.isalpha() else " " for sign in text.lower().replace("ü", "v")
    ).split()
    for piece in pieces:
        parts = _parted(piece, first_long=first_long)
        if parts is None:
            return []
        found += parts
    return found


def _parted(piece: str, *, first_long: bool) -> list[str] | None:
    known = classes_by_syllable()
    best: list[list[str] | None] = [[]]
    for end in range(1, len(piece) + 1):
        ways = [
            [*before, piece[start:end]]
            for start in range(max(0, end - _LONGEST_SYLLABLE), end)
            if (before := best[start]) is not None and piece[start:end] in known
        ]
        ways = ways[::-1] if first_long else ways
        best.append(min(ways, key=len) if ways else None)
    for end in range(len(piece), -1, -1):
        parts = best[end]
        if parts is not None and (end == len(piece) or piece[end:] in _beginnings()):
            return parts
    return None


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(
        syllable[:size] for syllable in classes_by_syllable() for size in range(1, len(syllable))
    )


def _spoken_query(typed: str, spoken: Sequence[str], main: Index) -> Query:
    classes = classes_by_syllable()
    sounds: Sounds = np.array([classes[syllable] for syllable in spoken], dtype=np.uint16)
    grams = pair_grams(sounds)
    return Query(
        folded=Folded(typed, 0, len(typed), 0, typed),
        letters=np.zeros(len(sounds), dtype=np.uint32),
        sounds=sounds_as_text(sounds),
        grams=grams,
        weights=letter_weights(grams, len(sounds), main),
    )


def _by_initials(typed: str, indexes: Sequence[Index]) -> list[Near]:
    grams = four_grams(np.frombuffer(typed.encode(), dtype=np.uint8))
    lists = [index.initials for index in indexes]
    found = gather_lists(
        lists, np.unique(grams[grams >= 0]), [len(index) for index in indexes], _NEAREST
    )
    return shortlist(_plain_query(typed), found, indexes, _NEAREST)


def _plain_query(typed: str) -> Query:
    none = np.empty(0, dtype=np.int32)
    return Query(
        folded=Folded(typed, 0, len(typed), 0, typed),
        letters=letters_of(typed),
        sounds="",
        grams=none,
        weights=np.ones(len(typed)),
    )
