"""Inverted lists: which names hold a gram, one array for all grams, cut where so many names hold it that it says nothing.

A posting is one unsigned 32-bit number: the number of the name in the high bits, below it a few bits of a hash of the two
characters that sound so. One list so answers both "who has two letters that sound like these" and "who has these two".
"""

from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from registry.lookup.letters import Bytes, Codes, Sounds

CUT = 60_000
"""Postings of a gram that are kept: no query reads more of one list."""
_MOST_HASH_BITS = 12
_SOUND_BITS = 9
"""Sound classes are numbers below 512."""
_LATIN_BASE = 37

Ints: TypeAlias = npt.NDArray[np.int64]
Numbers: TypeAlias = npt.NDArray[np.int32]
Postings: TypeAlias = npt.NDArray[np.uint32]


class Grams(msgspec.Struct, frozen=True, kw_only=True):
    """Lists of names by gram.

    grams      the grams there are, sorted.
    counts     how many names hold each, cut or not.
    starts     where the list of each begins in `postings`; one more for the end.
    hash_bits  low bits of a posting that are a hash of its characters; 0 where there are none.
    """

    grams: Ints
    counts: npt.NDArray[np.int32]
    starts: Ints
    postings: Postings
    hash_bits: int

    def at(self, gram: int) -> int | None:
        """Give where a gram stands among the grams; None where no name holds it."""
        position = int(np.searchsorted(self.grams, gram))
        if position < len(self.grams) and self.grams[position] == gram:
            return position
        return None

    def list_at(self, position: int) -> Postings:
        """Give the postings of the gram at a position."""
        return self.postings[self.starts[position] : self.starts[position + 1]]


def pair_grams(sounds: Sounds) -> Numbers:
    """Give a gram for each two neighbours, whichever stands first; -1 where one of them is no letter."""
    left, right = sounds[:-1].astype(np.int32), sounds[1:].astype(np.int32)
    grams = (np.minimum(left, right) << _SOUND_BITS) | np.maximum(left, right)
    return np.where((left == 0) | (right == 0), np.int32(-1), grams)


def pair_hashes(letters: Codes, bits: int) -> Postings:
    """Give a hash of each two neighbouring characters in their order, of so many bits."""
    mixed = letters[:-1] * np.uint32(2654435761) ^ letters[1:] * np.uint32(2246822519)
    mixed = (mixed ^ (mixed >> np.uint32(15))) * np.uint32(2654435769)
    return mixed >> np.uint32(32 - bits) if bits else np.zeros_like(mixed)


def four_grams(first_letters: Bytes) -> Numbers:
    """Give a gram for each four first letters in a row; -1 where one of them is none."""
    if len(first_letters) < 4:
        return np.empty(0, dtype=np.int32)
    numbers = _LATIN_NUMBERS[first_letters].astype(np.int32)
    grams, whole = np.zeros(len(numbers) - 3, dtype=np.int32), np.ones(len(numbers) - 3, dtype=bool)
    for at in range(4):
        part = numbers[at : len(numbers) - 3 + at]
        grams = grams * _LATIN_BASE + part
        whole &= part != 0
    return np.where(whole, grams, np.int32(-1))


def hash_bits_for(names: int) -> int:
    """Give how many bits a posting has left for a hash where there are so many names."""
    return min(_MOST_HASH_BITS, 32 - max(1, (names - 1).bit_length()))


def make_grams(grams: Numbers, names: Numbers, hashes: Postings | None, count: int) -> Grams:
    """Make the lists from a gram, a name and a hash at each position; a name stands in a list once."""
    bits = 0 if hashes is None else hash_bits_for(count)
    held = grams >= 0
    grams = grams[held]
    there = np.bincount(grams) > 0
    keys = (np.cumsum(there, dtype=np.uint64) - np.uint64(1))[grams] << np.uint64(32)
    low = names[held].astype(np.uint32) << np.uint32(bits)
    keys |= low if hashes is None else low | hashes[held]
    keys.sort()
    once = np.ones(len(keys), dtype=bool)
    once[1:] = (keys[1:] >> np.uint64(bits)) != (keys[:-1] >> np.uint64(bits))
    keys = keys[once]
    counts = np.bincount((keys >> np.uint64(32)).astype(np.int32))
    ends = np.cumsum(counts)
    kept = np.ones(len(keys), dtype=bool)
    for long in np.flatnonzero(counts > CUT).tolist():
        kept[ends[long] - counts[long] + CUT : ends[long]] = False
    return Grams(
        grams=np.flatnonzero(there),
        counts=counts.astype(np.int32),
        starts=np.concatenate([[0], np.cumsum(np.minimum(counts, CUT))]).astype(np.int64),
        postings=keys[kept].astype(np.uint32),
        hash_bits=bits,
    )


def save_grams(lists: Grams, folder: Path, name: str) -> None:
    """Write lists into a folder, one file an array."""
    for part in _ARRAYS:
        np.save(folder / f"{name}_{part}.npy", getattr(lists, part))
    (folder / f"{name}.json").write_bytes(msgspec.json.encode(lists.hash_bits))


def open_grams(folder: Path, name: str) -> Grams:
    """Map lists that `save_grams` wrote."""
    arrays = {part: mapped(folder / f"{name}_{part}.npy") for part in _ARRAYS}
    bits = msgspec.json.decode((folder / f"{name}.json").read_bytes(), type=int)
    return Grams(**arrays, hash_bits=bits)


def mapped(path: Path) -> Any:
    """Map an array: nothing is read before it is asked for, and processes share what is."""
    return np.load(path, mmap_mode="r").view(np.ndarray)


_ARRAYS = ("grams", "counts", "starts", "postings")


def _latin_numbers() -> Bytes:
    """Give digits and small letters numbers from 1, by their ASCII code; whatever else is 0."""
    table = np.zeros(256, dtype=np.uint8)
    table[ord("0") : ord("9") + 1] = np.arange(1, 11)
    table[ord("a") : ord("z") + 1] = np.arange(11, _LATIN_BASE)
    return table


_LATIN_NUMBERS = _latin_numbers()
