"""The index of names: strings, lists of grams, hashes of folded names; in a folder that is mapped, or in memory."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from registry.lookup.fold import fold_column
from registry.lookup.grams import (
    Grams,
    Ints,
    Numbers,
    four_grams,
    hash_bits_for,
    make_grams,
    mapped,
    open_grams,
    pair_grams,
    pair_hashes,
    save_grams,
)
from registry.lookup.letters import Codes, first_letters, sound_classes

NAMES = {"enterprise_id": pl.Int64, "name": pl.String, "kind": pl.Int8}
"""Columns an index is made of; kind 0 is a present name, 1 a former one, 2 a short one."""

PRESENT, FORMER, SHORT = 0, 1, 2

Hashes: TypeAlias = npt.NDArray[np.uint64]

_FACTOR = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
# The bits by which half of a character outside the basic plane is known.
_PAIRED, _PAIR = 0xF800, 0xD800


class Strings(msgspec.Struct, frozen=True, kw_only=True):
    """Many strings as one array of UTF-16 units, and where each begins; one more for the end."""

    units: npt.NDArray[np.uint16]
    starts: Numbers

    def __getitem__(self, at: int) -> str:
        return self.units[self.starts[at] : self.starts[at + 1]].tobytes().decode("utf-16-le")

    def many(self, numbers: Numbers) -> list[str]:
        """Give several strings, read at once."""
        starts = self.starts[numbers]
        lengths = self.starts[numbers + 1] - starts
        ends = np.cumsum(lengths)
        units = self.units[np.arange(lengths.sum()) + np.repeat(starts - ends + lengths, lengths)]
        if ((units & _PAIRED) == _PAIR).any():
            return [self[number] for number in numbers.tolist()]
        text = units.tobytes().decode("utf-16-le")
        return [
            text[end - length : end]
            for end, length in zip(ends.tolist(), lengths.tolist(), strict=True)
        ]


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """Every name of a register, numbered from 0.

    names       as they are written.
    folded      in their one writing; empty where that is the name as it is written.
    starts, ends, provinces, lengths  of the folded name, as `fold` gives them.
    hashes      of the folded names, sorted; `hash_names` has the name of each.
    sounds      names by pairs of sounds; `initials` by four first letters in a row.
    """

    enterprise_ids: Ints
    kinds: npt.NDArray[np.int8]
    names: Strings
    folded: Strings
    starts: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.uint8]
    provinces: npt.NDArray[np.uint8]
    lengths: npt.NDArray[np.uint8]
    hashes: Hashes
    hash_names: Numbers
    sounds: Grams
    initials: Grams

    def __len__(self) -> int:
        return len(self.enterprise_ids)

    def text(self, number: int) -> str:
        """Give a folded name."""
        return self.folded[number] or self.names[number]

    def texts(self, numbers: Numbers) -> list[str]:
        """Give several folded names."""
        pairs = zip(self.folded.many(numbers), self.names.many(numbers), strict=True)
        return [folded or name for folded, name in pairs]

    def same(self, text: str) -> Numbers:
        """Give the names that fold into this text."""
        wanted = np.uint64(hash_of(text))
        first = int(np.searchsorted(self.hashes, wanted, side="left"))
        last = int(np.searchsorted(self.hashes, wanted, side="right"))
        near = self.hash_names[first:last]
        return near[[self.text(int(number)) == text for number in near]] if len(near) else near


def small_index(names: pl.DataFrame) -> Index:
    """Make an index in memory, of rows of NAMES; for the few that are newer than a folder."""
    folded = fold_column(names["name"])
    text = _Flat(folded["text"])
    letters, of_name = text.letters, text.line
    count = names.height
    neighbours = of_name[:-1] == of_name[1:]
    grams = np.where(neighbours, pair_grams(sound_classes()[letters]), np.int32(-1))
    hashes = pair_hashes(letters, hash_bits_for(count))
    spoken = _Flat(folded["spoken"])
    fours = four_grams(first_letters()[spoken.letters])
    together = spoken.line[: len(fours)] == spoken.line[len(spoken.line) - len(fours) :]
    by_hash = np.argsort(text.hashes, kind="stable")
    other = pl.when(pl.col("text") == pl.col("name")).then(pl.lit("")).otherwise("text")
    return Index(
        enterprise_ids=names["enterprise_id"].cast(pl.Int64).to_numpy(),
        kinds=names["kind"].cast(pl.Int8).to_numpy(),
        names=_strings(names["name"]),
        folded=_strings(folded.with_columns(names["name"]).select(other).to_series()),
        starts=folded["start"].to_numpy(),
        ends=folded["end"].to_numpy(),
        provinces=folded["province"].to_numpy(),
        lengths=text.lengths.astype(np.uint8),
        hashes=text.hashes[by_hash],
        hash_names=by_hash.astype(np.int32),
        sounds=make_grams(grams, of_name[:-1], hashes, count),
        initials=make_grams(
            np.where(together, fours, np.int32(-1)), spoken.line[: len(fours)], None, count
        ),
    )


def build_index(names: pl.DataFrame, folder: Path) -> None:
    """Make the index of rows of NAMES as a folder; it appears whole or not at all.

    A folder that is already there is replaced; whoever has it mapped keeps what it mapped.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _save(small_index(names), fresh)
        fresh.chmod(0o755)
        _put(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def open_index(folder: Path) -> Index:
    """Map an index that `build_index` wrote."""
    arrays: dict[str, Any] = {name: mapped(folder / f"{name}.npy") for name in _ARRAYS}
    strings: dict[str, Any] = {
        name: Strings(
            units=mapped(folder / f"{name}_units.npy"), starts=mapped(folder / f"{name}_starts.npy")
        )
        for name in _STRINGS
    }
    grams: dict[str, Any] = {name: open_grams(folder, name) for name in _GRAMS}
    return Index(**arrays, **strings, **grams)


def hash_of(text: str) -> int:
    """Give the 64-bit hash of a folded name: a polynomial over its letters."""
    value = 0
    for letter in text:
        value = (value * _FACTOR + ord(letter)) & _MASK
    return value


class _Flat:
    """The letters of a column of texts in one array, and which text each belongs to."""

    def __init__(self, texts: pl.Series) -> None:
        joined: str = texts.str.join("").item() or ""
        self.letters: Codes = np.frombuffer(joined.encode("utf-32-le"), "<u4").astype(np.uint32)
        self.lengths: Ints = texts.str.len_chars().to_numpy().astype(np.int64)
        self.ends: Ints = np.cumsum(self.lengths)
        self.line: Numbers = np.repeat(np.arange(len(texts), dtype=np.int32), self.lengths)

    @property
    def hashes(self) -> Hashes:
        """Hash every text, as `hash_of` does one."""
        longest = int(self.lengths.max(initial=0))
        powers = np.array(list(_powers(longest)), dtype=np.uint64)
        to_the_end = np.repeat(self.ends, self.lengths) - 1 - np.arange(len(self.letters))
        parts = self.letters.astype(np.uint64) * powers[to_the_end]
        sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(parts, dtype=np.uint64)])
        hashes: Hashes = sums[self.ends] - sums[self.ends - self.lengths]
        return hashes


def _powers(count: int) -> Iterator[int]:
    power = 1
    for _ in range(count):
        yield power
        power = (power * _FACTOR) & _MASK


def _strings(texts: pl.Series) -> Strings:
    joined: str = texts.str.join("").item() or ""
    units = np.frombuffer(joined.encode("utf-16-le"), dtype="<u2").astype(np.uint16)
    # A character outside the basic plane is two units: those are the four-byte ones of UTF-8.
    wide = texts.str.count_matches(r"[\x{10000}-\x{10FFFF}]").to_numpy()
    lengths = texts.str.len_chars().to_numpy().astype(np.int64) + wide
    return Strings(units=units, starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32))


def _save(index: Index, folder: Path) -> None:
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(index, name))
    for name in _STRINGS:
        strings = getattr(index, name)
        np.save(folder / f"{name}_units.npy", strings.units)
        np.save(folder / f"{name}_starts.npy", strings.starts)
    for name in _GRAMS:
        save_grams(getattr(index, name), folder, name)


def _put(fresh: Path, folder: Path) -> None:
    if folder.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
        os.rename(folder, old / folder.name)  # noqa: PTH104
        fresh.rename(folder)
        shutil.rmtree(old)
    else:
        fresh.rename(folder)


_STRINGS = ("names", "folded")
_GRAMS = ("sounds", "initials")
_ARRAYS = tuple(name for name in Index.__struct_fields__ if name not in (*_STRINGS, *_GRAMS))
