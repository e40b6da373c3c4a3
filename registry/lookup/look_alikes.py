"""Short forms with a character that only looks like the right one: too little of them is left to find them by sounds.

Each character in turn is taken for those it looks like; where a name holds the text that comes of it, that name is near.
No index of shapes is needed: the pair of the changed character is looked up like any other, by its exact characters.
"""

from collections.abc import Sequence

import numpy as np

from registry.lookup.candidates import WHOLE, Candidates, Query, none_near, query_of
from registry.lookup.grams import Numbers, pair_grams, pair_hashes
from registry.lookup.index import Index
from registry.lookup.letters import letters_of, look_alikes, sound_classes

SHORT_FORM = 4
"""Letters of a core up to which one wrong character leaves too little."""
_READ = 40
"""Names read for each text that was tried."""
_TAKEN = 24
"""Names given, for all texts that were tried."""


def as_looks_like(query: Query, indexes: Sequence[Index]) -> list[tuple[Query, Candidates]]:
    """Give the texts a short query may look like, where names hold them, and those names."""
    one = query.folded
    if not 2 <= len(one.core) <= SHORT_FORM:
        return []
    found: list[tuple[Query, Candidates]] = []
    left = _TAKEN
    for at in range(one.start, one.end):
        for other in look_alikes().get(one.text[at], ""):
            text = one.text[:at] + other + one.text[at + 1 :]
            holding = _holding(text, max(0, at - 1), indexes)
            if len(holding) and left > 0:
                found.append((query_of(text, indexes[0]), holding))
                left -= len(holding)
    return found


def _holding(text: str, changed: int, indexes: Sequence[Index]) -> Candidates:
    """Give the names that hold a text as it is, by its rarer pair of those with the changed character."""
    letters = letters_of(text)
    grams = pair_grams(sound_classes()[letters]).tolist()
    which, numbers = [], []
    for at, index in enumerate(indexes):
        hashes = pair_hashes(letters, index.sounds.hash_bits)
        lists = [
            (len(index.sounds.list_at(position)), position, pair)
            for pair in range(changed, min(changed + 2, len(grams)))
            if (position := index.sounds.at(grams[pair])) is not None
        ]
        if not lists:
            continue
        _, position, pair = min(lists)
        postings = index.sounds.list_at(position)
        low = np.uint32((1 << index.sounds.hash_bits) - 1)
        same = postings[(postings & low) == hashes[pair]][:_READ]
        near: Numbers = (same >> np.uint32(index.sounds.hash_bits)).astype(np.int32)
        texts = index.texts(near)
        held = [number for number, name in zip(near.tolist(), texts, strict=True) if text in name]
        which += [at] * len(held)
        numbers += held
    if not numbers:
        return none_near()
    return Candidates(
        which=np.array(which, dtype=np.int8),
        numbers=np.array(numbers, dtype=np.int32),
        shared=np.full(len(numbers), WHOLE, dtype=np.float32),
    )
