"""Keeping what a run judged by: files named by the hash of their content.

A file is written beside its place, flushed and renamed: it is there whole or not at all, and writing it
twice is the same as once.
"""

import hashlib
import io
import json
import os
from datetime import date
from pathlib import Path

import polars as pl

from matching.catalogue.load_catalogue import Catalogue, build_catalogue
from matching.catalogue.load_vocabulary import build_vocabulary
from matching.engine.population import Population

FRAMES = ("frame", "memberships", "awards", "known")
LEDGERS = ("relations", "evidence", "uses")
"""Frames kept only where they hold something: earlier populations had none, and keep their digest."""

RECORDS = "records:"
"""What the name of a frozen ledger of records begins with."""


class FrozenMissing(Exception):
    """A frozen file is gone or altered, so that an earlier run cannot be recomputed; says which."""


class FrozenFiles:
    """The folder of frozen files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Store bytes; gives their sha256."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if path.exists() and path.read_bytes() == content:
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.part")
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync_folder(path.parent)
        return digest

    def get(self, digest: str) -> bytes:
        """Read bytes back; raises FrozenMissing where they are gone or not what they were."""
        path = self._path(digest)
        try:
            content = path.read_bytes()
        except OSError as gone:
            raise FrozenMissing(
                f"冻结文件 {path} 读不到（{gone.strerror}）：这一期无法重算；请从备份恢复数据目录"
            ) from gone
        if hashlib.sha256(content).hexdigest() != digest:
            raise FrozenMissing(
                f"冻结文件 {path} 内容已被改动：这一期无法重算；请从备份恢复数据目录"
            )
        return content

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def _sync_folder(folder: Path) -> None:
    """Bring a renamed file's new name to the disk: the run's row must not outlive it."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def freeze_population(population: Population, files: FrozenFiles) -> str:
    """Keep a population; gives the digest of its manifest."""
    kept = [*FRAMES, *(name for name in LEDGERS if not getattr(population, name).is_empty())]
    digests = {name: files.keep(_parquet(getattr(population, name))) for name in kept}
    digests |= {
        f"{RECORDS}{key}": files.keep(_parquet(rows)) for key, rows in population.records.items()
    }
    coverage = {key: day.isoformat() for key, day in sorted(population.coverage.items())}
    return files.keep(_json({"frames": digests, "coverage": coverage}))


def thaw_population(digest: str, files: FrozenFiles) -> Population:
    """Read a kept population back."""
    manifest = json.loads(files.get(digest))
    frames = {
        name: pl.read_parquet(io.BytesIO(files.get(part)))
        for name, part in manifest["frames"].items()
    }
    records = {
        name.removeprefix(RECORDS): frames.pop(name)
        for name in tuple(frames)
        if name.startswith(RECORDS)
    }
    coverage = {key: date.fromisoformat(day) for key, day in manifest["coverage"].items()}
    return Population(coverage=coverage, records=records, **frames)


def freeze_rules(catalogue: Catalogue, files: FrozenFiles) -> str:
    """Keep the texts of a catalogue and its words; gives the digest."""
    return files.keep(_json({"items": catalogue.files, "words": catalogue.vocabulary.files}))


def thaw_rules(digest: str, files: FrozenFiles) -> Catalogue:
    """Read a kept catalogue back."""
    texts = json.loads(files.get(digest))
    return build_catalogue(texts["items"], build_vocabulary(texts["words"]))


def _parquet(frame: pl.DataFrame) -> bytes:
    written = io.BytesIO()
    frame.write_parquet(written, compression="zstd", compression_level=1, statistics=False)
    return written.getvalue()


def _json(content: dict[str, dict[str, str]]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
