"""The texts cells of an .xlsx file share: one long text that many cells show is long as many times."""

import re
from collections import Counter

from registry.imports.excel_book import Book
from registry.imports.unpack import TooLarge, whole_elements

LARGEST_TEXTS = 512 * 1024**2
"""Bytes the texts of a file may come to, counted once for every cell that shows them."""

_LONG = 4096
_LARGEST_PART = 512 * 1024**2
_SHOWS = re.compile(rb'\bt="s"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>(\d+)</v>')


def check_shared_texts(book: Book) -> None:
    """Raise TooLarge where long texts, shown as often as the shown worksheets do, fill the memory."""
    part = next((p for p in book.archive.parts if p.lower() == "xl/sharedstrings.xml"), None)
    if part is None:
        return
    if book.archive.parts[part].file_size > _LARGEST_PART:
        raise TooLarge(part)
    long: dict[int, int] = {}
    at = -1  # before the first text stands the head of the part
    for xml in whole_elements(book.archive.pieces(part), b"<si>"):
        texts = xml.split(b"<si>")
        sizes = enumerate(map(len, texts[1:]), start=at + 1)
        long |= {place: size for place, size in sizes if size > _LONG}
        at += len(texts) - 1
    if long and _shown_bytes(book, long) > LARGEST_TEXTS:
        raise TooLarge(part)


def _shown_bytes(book: Book, long: dict[int, int]) -> int:
    shown: Counter[bytes] = Counter()
    for name in book.shown:
        if name in book.paths:
            for xml in whole_elements(book.archive.pieces(book.paths[name]), b"<c "):
                shown.update(_SHOWS.findall(xml))
    return sum(size * shown[b"%d" % place] for place, size in long.items())
