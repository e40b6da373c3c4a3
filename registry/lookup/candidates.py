"""The few hundred names worth comparing with a query: those that share the most telling pairs of sounds with it."""

import threading
from collections.abc import Sequence
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from registry.lookup.fold import Folded, fold
from registry.lookup.grams import CUT, Grams, Numbers, Postings, pair_grams, pair_hashes
from registry.lookup.index import Index
from registry.lookup.letters import Codes, Sounds, letters_of, sound_classes

Floats: TypeAlias = npt.NDArray[np.float64]

MOST = 400
BUDGET = 60_000
"""Postings a query reads, the rarest lists first: ten million a second pass, so some milliseconds."""
_SAME_CHARACTERS = 0.3
"""What two characters being the same, and not only sounding so, adds to the weight of their pair."""
WHOLE = 1 + _SAME_CHARACTERS
"""What a name shares that has every pair of the query in the same characters."""
_WORTH = 0.25
"""Names that share less than this part of what the best shares are not looked at."""
_LENGTH = 1e-3
_scratch = threading.local()


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote, folded, and its pairs of sounds.

    sounds  sound classes as a text, a sign each, for comparing.
    weights information of each letter: the smaller one of the two pairs it stands in, in nats.
    """

    folded: Folded
    letters: Codes
    sounds: str
    grams: Numbers
    weights: Floats


class Candidates(msgspec.Struct, frozen=True, kw_only=True):
    """Names near a query, the nearest by grams first.

    which    position of the index each is in; `numbers` its number there.
    shared   share of the information of the query's pairs that each has, above 1 where characters are the same.
    """

    which: npt.NDArray[np.int8]
    numbers: npt.NDArray[np.int32]
    shared: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.numbers)


def query_of(text: str, main: Index) -> Query:
    """Fold a query; `main` is the index that says how rare a pair is."""
    folded = fold(text)
    letters = letters_of(folded.text)
    sounds = sound_classes()[letters]
    grams = pair_grams(sounds) if len(sounds) > 1 else np.empty(0, dtype=np.int32)
    return Query(
        folded=folded,
        letters=letters,
        sounds=sounds_as_text(sounds),
        grams=grams,
        weights=letter_weights(grams, len(letters), main),
    )


def sounds_as_text(sounds: Sounds) -> str:
    """Give sound classes as a text of one sign each."""
    return sounds.astype("<u2").tobytes().decode("utf-16-le")


def information(grams: Numbers, main: Index) -> Floats:
    """Give how much each pair tells, in nats: the rarer, the more."""
    lists, count = main.sounds, max(1, len(main))
    if not len(lists.grams):
        return np.full(len(grams), np.log1p(count))
    at = np.minimum(np.searchsorted(lists.grams, grams), len(lists.grams) - 1)
    held = np.where(lists.grams[at] == grams, lists.counts[at], 0)
    told: Floats = np.log((count + 1) / (held + 0.5))
    return told


def letter_weights(grams: Numbers, length: int, main: Index) -> Floats:
    """Give the information of each letter: the smaller one of the two pairs around it."""
    if length < 2:
        return np.ones(length)
    told = information(grams, main)
    smaller: Floats = np.minimum(np.append(told[0], told), np.append(told, told[-1]))
    return smaller


def gather(query: Query, indexes: Sequence[Index], most: int = MOST) -> Candidates:
    """Give the names that share the most information with a query, over all indexes."""
    pairs = query.grams >= 0
    if not pairs.any():
        return none_near()
    grams, first = np.unique(query.grams, return_index=True)
    first = first[grams >= 0]
    grams = grams[grams >= 0]
    told = information(grams, indexes[0])
    parts = []
    for at, index in enumerate(indexes):
        bits = index.sounds.hash_bits
        hashes = pair_hashes(query.letters, bits)[first]
        numbers, shared = _shared(index, grams, told, hashes)
        parts.append(
            (
                np.full(len(numbers), at, dtype=np.int8),
                numbers,
                (shared / told.sum()).astype(np.float32),
            )
        )
    return _nearest(parts, most)


def gather_lists(
    lists: Sequence[Grams], grams: Numbers, counts: Sequence[int], most: int = MOST
) -> Candidates:
    """Give the names that hold most of some grams, in lists without hashes, over all indexes.

    counts  how many names each index has.
    """
    parts = []
    for at, (one, count) in enumerate(zip(lists, counts, strict=True)):
        buffer = _buffer(count)
        for position in _rarest_first(one, grams):
            buffer[one.list_at(position)] += 1.0
        numbers, shared = _taken(buffer)
        share = (shared / max(1, len(grams))).astype(np.float32)
        parts.append((np.full(len(numbers), at, dtype=np.int8), numbers, share))
    return _nearest(parts, most)


def none_near() -> Candidates:
    """Give no candidates."""
    return Candidates(
        which=np.empty(0, dtype=np.int8),
        numbers=np.empty(0, dtype=np.int32),
        shared=np.empty(0, dtype=np.float32),
    )


def _shared(
    index: Index, grams: Numbers, told: Floats, hashes: Postings
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """Give the names of one index and the information each shares with the query, in nats."""
    lists, buffer = index.sounds, _buffer(len(index))
    weights = dict(
        zip(grams.tolist(), zip(told.tolist(), hashes.tolist(), strict=True), strict=True)
    )
    low = np.uint32((1 << lists.hash_bits) - 1)
    for position in _rarest_first(lists, grams):
        weight, wanted = weights[int(lists.grams[position])]
        postings = lists.list_at(position)
        same = (postings & low) == wanted
        buffer[postings >> np.uint32(lists.hash_bits)] += weight * (
            1 + np.float32(_SAME_CHARACTERS) * same
        )
    numbers, shared = _taken(buffer)
    return numbers, shared - np.float32(_LENGTH) * index.lengths[numbers]


def _rarest_first(lists: Grams, grams: Numbers) -> list[int]:
    """Give the positions of the grams' lists until the budget is spent; the rarest is read whatever it costs."""
    positions = [at for at in map(lists.at, grams.tolist()) if at is not None]
    sizes = {at: min(CUT, int(lists.counts[at])) for at in positions}
    positions.sort(key=sizes.__getitem__)
    taken: list[int] = []
    left = BUDGET
    for at in positions:
        if taken and sizes[at] > left:
            break
        taken.append(at)
        left -= sizes[at]
    return taken


def _nearest(
    parts: Sequence[tuple[npt.NDArray[np.int8], npt.NDArray[np.int32], npt.NDArray[np.float32]]],
    most: int,
) -> Candidates:
    which, numbers, shared = (np.concatenate(column) for column in zip(*parts, strict=True))
    if len(numbers) > most:
        kept = np.argpartition(-shared, most)[:most]
        which, numbers, shared = which[kept], numbers[kept], shared[kept]
    order = np.argsort(-shared, kind="stable")
    return Candidates(which=which[order], numbers=numbers[order], shared=shared[order])


def _buffer(count: int) -> npt.NDArray[np.float32]:
    """Give zeros, one a name; a thread's own, given back as zeros by `_taken`."""
    buffer: npt.NDArray[np.float32] | None = getattr(_scratch, "buffer", None)
    if buffer is None or len(buffer) < count:
        buffer = _scratch.buffer = np.zeros(count, dtype=np.float32)
    return buffer[:count]


def _taken(
    buffer: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    # A comparison and the places where it holds are ten times faster than the places of what is not zero.
    numbers = np.flatnonzero(buffer > max(0.0, _WORTH * float(buffer.max(initial=0))))
    shared = buffer[numbers]
    buffer.fill(0)
    return numbers.astype(np.int32), shared
