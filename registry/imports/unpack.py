"""Unpacking a zip file piece by piece, by what it holds and not by what it says of itself."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator

import msgspec

_LOCAL_HEAD = struct.Struct("<4s22xHH")
_LOCAL_SIGN = b"PK\x03\x04"
_ENCRYPTED = 1
_PIECE = 8 * 1024**2
_MOST_PARTS = 10_000
LARGEST_ELEMENT = 2 * _PIECE
"""Bytes of XML of one cell or text; a spreadsheet program writes at most some hundred thousand."""


class BadArchive(ValueError):
    """The bytes are no zip file that can be read to its end."""


class TooLarge(ValueError):
    """The archive unpacks to more than it may."""


class Locked(ValueError):
    """A part of the archive asks for a password."""


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """A zip file in memory and its parts by name."""

    data: bytes
    parts: dict[str, zipfile.ZipInfo]

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack a part in pieces of 8 MB; raises BadArchive where it is not what the file says.

        Sizes the file states are checked, never believed: another reader would unpack all there is.
        """
        part = self.parts[name]
        packed = _packed(self.data, part)
        size = checksum = 0
        for piece in _unpacked(packed, part.compress_type):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if size > part.file_size:
                break
            yield piece
        if size != part.file_size or checksum != part.CRC:
            raise BadArchive(name)

    def whole(self, name: str, largest: int) -> bytes:
        """Unpack a part of at most so many bytes; raises TooLarge, BadArchive."""
        read = io.BytesIO()
        for piece in self.pieces(name):
            if read.tell() + len(piece) > largest:
                raise TooLarge(name)
            read.write(piece)
        return read.getvalue()


def open_archive(data: bytes, largest: int) -> Archive:
    """Open a zip file that says to unpack to at most so many bytes; raises BadArchive, TooLarge, Locked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, EOFError, KeyError) as broken:
        raise BadArchive(str(broken)) from broken
    by_name = {part.filename: part for part in parts}
    if len(by_name) != len(parts):
        raise BadArchive("two parts have one name, and readers would differ on which counts")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > largest:
        raise TooLarge(f"{len(parts)} parts")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Locked
    return Archive(data=data, parts=by_name)


def _packed(data: bytes, part: zipfile.ZipInfo) -> memoryview:
    head = data[part.header_offset : part.header_offset + _LOCAL_HEAD.size]
    if len(head) < _LOCAL_HEAD.size:
        raise BadArchive(part.filename)
    sign, name_length, extra_length = _LOCAL_HEAD.unpack(head)
    start = part.header_offset + _LOCAL_HEAD.size + name_length + extra_length
    if sign != _LOCAL_SIGN or start + part.compress_size > len(data):
        raise BadArchive(part.filename)
    return memoryview(data)[start : start + part.compress_size]


def _unpacked(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
        return
    if method != zipfile.ZIP_DEFLATED:
        raise BadArchive(f"packed by method {method}, which no spreadsheet program uses")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while not unpacker.eof:
            piece = unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
            if not piece and not rest:
                break
            yield piece
    except zlib.error as broken:
        raise BadArchive(str(broken)) from broken


def whole_elements(pieces: Iterable[bytes], start: bytes) -> Iterator[bytes]:
    """Give XML in pieces that end before such a start of an element; raises TooLarge for an endless one."""
    rest: list[bytes] = []
    for piece in pieces:
        joined = b"".join((*rest, piece))
        cut = joined.rfind(start)
        if cut <= 0:
            if len(joined) > LARGEST_ELEMENT:
                raise TooLarge(start.decode())
            rest = [joined]
            continue
        yield joined[:cut]
        rest = [joined[cut:]]
    yield b"".join(rest)
