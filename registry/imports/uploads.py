"""Files handed in over the web, kept by the hash of their bytes until they are taken in or a day old.

They may name persons: the folder is for the service alone, and nothing in it is kept longer than needed.
"""

import hashlib
import os
import re
import secrets
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from registry.imports.teach import HeadersDecided

KEPT_FOR = timedelta(days=1)
_NAME = re.compile(r"[0-9a-f]{64}")


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was handed in.

    observed_on  the day it speaks of, where its title does not say.
    headers      what was decided of its headers; None: nothing yet.
    """

    sha256: str
    file_name: str
    observed_on: date | None
    received_at: datetime
    headers: HeadersDecided | None = None


class Uploads:
    """The folder of files that wait to be taken in."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when the first file comes."""
        self._folder = folder

    def keep(
        self, file_name: str, data: bytes, observed_on: date | None, received_at: datetime
    ) -> Upload:
        """Keep a file; what is a day old goes."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._forget_old(received_at)
        upload = Upload(
            sha256=hashlib.sha256(data).hexdigest(),
            file_name=file_name,
            observed_on=observed_on,
            received_at=received_at,
        )
        self._write(f"{upload.sha256}.file", data)
        self._write(f"{upload.sha256}.json", msgspec.json.encode(upload))
        return upload

    def find(self, sha256: str) -> Upload | None:
        """Give what is kept under a hash; None where there is nothing, or no more."""
        data = self._read(sha256, "json")
        return None if data is None else msgspec.json.decode(data, type=Upload)

    def data(self, upload: Upload) -> bytes | None:
        """Give the bytes of a file; None where they are gone."""
        return self._read(upload.sha256, "file")

    def decide(self, upload: Upload, headers: HeadersDecided | None) -> Upload:
        """Keep beside a file what was decided of its headers; None: nothing, any more."""
        decided = msgspec.structs.replace(upload, headers=headers)
        self._write(f"{upload.sha256}.json", msgspec.json.encode(decided))
        return decided

    def note(self, sha256: str, seen: bytes) -> None:
        """Keep what was found out about a file beside it."""
        self._write(f"{sha256}.seen", seen)

    def noted(self, sha256: str) -> bytes | None:
        """Give what was found out about a file."""
        return self._read(sha256, "seen")

    def forget(self, sha256: str) -> None:
        """Keep a file no longer."""
        for path in self._folder.glob(f"{sha256}.*"):
            path.unlink(missing_ok=True)

    def _read(self, sha256: str, kind: str) -> bytes | None:
        if not _NAME.fullmatch(sha256):
            return None
        try:
            return (self._folder / f"{sha256}.{kind}").read_bytes()
        except FileNotFoundError:
            return None

    def _write(self, name: str, data: bytes) -> None:
        """Write whole or not at all: two who hand in the same file at once do not mix."""
        beside = self._folder / f"{name}.{secrets.token_hex(8)}.part"
        opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(data)
        beside.replace(self._folder / name)

    def _forget_old(self, now: datetime) -> None:
        oldest = (now - KEPT_FOR).timestamp()
        for path in self._folder.iterdir():
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
