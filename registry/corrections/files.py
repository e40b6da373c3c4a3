"""Evidence files: kept beside the database under their hash, refused where they are no papers."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from registry.corrections.types import CorrectionRefused, Evidence

FOLDER = "evidence"
MOST_FILES = 5
LARGEST_BYTES = 10 * 1024 * 1024
# What a paper begins with, by its ending: a renamed program is none.
_BEGINS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".xlsx": (b"PK\x03\x04",),
    ".docx": (b"PK\x03\x04",),
    ".ofd": (b"PK\x03\x04",),
}


class GivenFile(msgspec.Struct, frozen=True):
    """A file as somebody attached it."""

    name: str
    data: bytes


def keep_files(files: Sequence[GivenFile], home: Path) -> tuple[Evidence, ...]:
    """Write files under their hash into the data folder; the same bytes are kept once.

    Raises CorrectionRefused, before any is written, with all that is wrong.
    """
    problems = [problem for file in files for problem in _problems(file)]
    if len(files) > MOST_FILES:
        problems.append(f"最多附{MOST_FILES}个文件，现有{len(files)}个；请合并后再附")
    if problems:
        raise CorrectionRefused("；".join(problems))
    return tuple({one.sha256: one for one in (_kept(file, home) for file in files)}.values())


def evidence_path(home: Path, sha256: str) -> Path:
    """Give where the bytes of an evidence file are kept."""
    return home / FOLDER / sha256


def _problems(file: GivenFile) -> list[str]:
    begins = _BEGINS.get(Path(file.name).suffix.lower())
    if begins is None:
        return [f"“{file.name}”不是可接受的文件：请附 {'、'.join(sorted(_BEGINS))}"]
    if not file.data:
        return [f"“{file.name}”是空文件；请重新选择"]
    if len(file.data) > LARGEST_BYTES:
        return [f"“{file.name}”超过{LARGEST_BYTES // 1024 // 1024} MB；请压缩或拆分"]
    if not file.data.startswith(begins):
        return [f"“{file.name}”的内容与扩展名不符；请用原来的程序另存后再附"]
    return []


def _kept(file: GivenFile, home: Path) -> Evidence:
    sha256 = hashlib.sha256(file.data).hexdigest()
    path = evidence_path(home, sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(file.data)
        unfinished.replace(path)
    name = Path(file.name).name[-255:]
    return Evidence(file_name=name, sha256=sha256, size_bytes=len(file.data))
