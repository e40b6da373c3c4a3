"""Finding codes by a part of them, or with a slip in them: arrays, sorted three ways.

A whole code, its beginning, the organisation's own part (places 9 to 17, the old 组织机构代码) from its
beginning, and its end are found by halving. A code that is one slip away from a registered one (a sign
wrong, missing, too much, or two changed about) is found by trying every slip.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from registry.enterprises.codes import ALPHABET, LENGTH

HowCode = Literal["code", "code_start", "code_body", "code_end", "code_slip"]

SHORTEST = 4
"""Fewer signs than this would find a whole city."""
_BODY = slice(8, 17)
# Letters the alphabet leaves out because they look like these.
_MISREAD = str.maketrans("IOSVZ", "105U2")

Codes = npt.NDArray[np.bytes_]
Ids = npt.NDArray[np.int64]


class CodeHit(msgspec.Struct, frozen=True):
    """An enterprise whose code matched, and how."""

    enterprise_id: int
    how: HowCode


class CodeIndex(msgspec.Struct, frozen=True, kw_only=True):
    """Codes sorted from their beginning, by the organisation's own part, and from their end."""

    codes: Codes
    ids: Ids
    bodies: Codes
    body_ids: Ids
    backwards: Codes
    backward_ids: Ids


def code_index(coded: pl.DataFrame) -> CodeIndex:
    """Make an index of rows of uscc and enterprise_id; rows without a code of full length are left out."""
    whole = coded.drop_nulls("uscc").filter(pl.col("uscc").str.len_bytes() == LENGTH)
    codes = np.array(whole["uscc"].to_list(), dtype=f"S{LENGTH}")
    ids = whole["enterprise_id"].cast(pl.Int64).to_numpy()
    signs = codes.view("S1").reshape(-1, LENGTH) if len(codes) else np.empty((0, LENGTH), "S1")
    bodies = np.ascontiguousarray(signs[:, _BODY]).view(f"S{_BODY.stop - _BODY.start}").ravel()
    backwards = np.ascontiguousarray(signs[:, ::-1]).view(f"S{LENGTH}").ravel()
    by_code, by_body, by_end = (
        np.argsort(one, kind="stable") for one in (codes, bodies, backwards)
    )
    return CodeIndex(
        codes=codes[by_code],
        ids=ids[by_code],
        bodies=bodies[by_body],
        body_ids=ids[by_body],
        backwards=backwards[by_end],
        backward_ids=ids[by_end],
    )


def save_codes(index: CodeIndex, folder: Path) -> None:
    """Write an index into a folder, one file an array."""
    for name in CodeIndex.__struct_fields__:
        np.save(folder / f"codes_{name}.npy", getattr(index, name))


def open_codes(folder: Path) -> CodeIndex:
    """Map an index that `save_codes` wrote; nothing is read before it is asked for."""
    return CodeIndex(
        **{
            name: np.load(folder / f"codes_{name}.npy", mmap_mode="r")
            for name in CodeIndex.__struct_fields__
        }
    )


def find_codes(text: str, indexes: Sequence[CodeIndex], limit: int) -> tuple[CodeHit, ...]:
    """Give whose code this is, or begins, ends or is nearly this; the surest first, each once.

    text  compact: half width, upper case, no blanks. Text that cannot be a part of a code finds nobody.
    """
    if not SHORTEST <= len(text) <= LENGTH + 1 or not text.isascii() or not text.isalnum():
        return ()
    read = text.translate(_MISREAD)
    found: dict[int, HowCode] = {}
    for how, ids in _ways(read, indexes, limit):
        for one in ids:
            found.setdefault(int(one), "code_slip" if read != text and how == "code" else how)
        if how == "code" and found:
            break
    return tuple(CodeHit(one, how) for one, how in list(found.items())[:limit])


def _ways(
    text: str, indexes: Sequence[CodeIndex], limit: int
) -> Iterable[tuple[HowCode, Iterable[int]]]:
    for index in indexes:
        if len(text) == LENGTH:
            yield "code", _starting(index.codes, index.ids, text, limit)
    if not any(sign.isdigit() for sign in text):
        return  # letters alone are a name, whatever codes may hold them
    for index in indexes:
        if len(text) < LENGTH:
            yield "code_start", _starting(index.codes, index.ids, text, limit)
            yield "code_body", _starting(index.bodies, index.body_ids, text, limit)
            yield "code_end", _starting(index.backwards, index.backward_ids, text[::-1], limit)
    if len(text) >= LENGTH - 1:
        tried = np.array(sorted(_slips(text)), dtype=f"S{LENGTH}")
        for index in indexes:
            yield "code_slip", _among(index, tried)


def _starting(sorted_codes: Codes, ids: Ids, start: str, limit: int) -> list[int]:
    """Give the ids whose code starts so, at most `limit`."""
    wanted = np.array([start.encode()], dtype=sorted_codes.dtype)
    first = int(np.searchsorted(sorted_codes, wanted)[0])
    near = sorted_codes[first : first + limit]
    starts = np.char.startswith(near, start.encode())
    return [int(one) for one in ids[first : first + limit][starts]]


def _among(index: CodeIndex, tried: Codes) -> list[int]:
    if not len(index.codes):
        return []
    at = np.minimum(np.searchsorted(index.codes, tried), len(index.codes) - 1)
    return [int(one) for one in index.ids[at[index.codes[at] == tried]]]


def _slips(text: str) -> set[str]:
    """Give every code that is one slip away: one sign other, one more, one fewer, or two changed about."""
    if len(text) == LENGTH - 1:
        return {text[:at] + sign + text[at:] for at in range(LENGTH) for sign in ALPHABET}
    if len(text) == LENGTH + 1:
        return {text[:at] + text[at + 1 :] for at in range(LENGTH + 1)}
    other = {text[:at] + sign + text[at + 1 :] for at in range(LENGTH) for sign in ALPHABET}
    about = {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(LENGTH - 1)}
    return (other | about) - {text}
