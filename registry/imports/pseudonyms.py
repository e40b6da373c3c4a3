"""Pseudonyms of persons, loans and contracts: the same item is the same everywhere, and cannot be read back.

A bare hash of an identity number could be found by trying all numbers; these are keyed by a secret that lies
beside the data, never in the database.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from matching.language.vocabulary import Ledger

SECRET_FILE = "pseudonyms.key"  # noqa: S105  a file's name
SECRET_BYTES = 32


class SecretUnusable(Exception):
    """The secret of the pseudonyms cannot be read or is not whole; says which file and the way out."""


class Pseudonyms:
    """Gives pseudonyms under one secret."""

    def __init__(self, secret: bytes) -> None:
        """Take the secret; the same secret gives the same pseudonyms."""
        self._secret = secret

    def of(self, ledger: Ledger, item: str) -> str:
        """Give the pseudonym of an item, 32 hexadecimal digits."""
        said = f"{ledger}:{item}".encode()
        return hmac.new(self._secret, said, hashlib.sha256).hexdigest()[:32]


def pseudonyms_in(folder: Path) -> Pseudonyms:
    """Use the secret kept in a folder, made there the first time; raises SecretUnusable.

    Two processes that come first at once agree: the file is made whole beside its place, and only one
    can be linked to it.
    """
    path = folder / SECRET_FILE
    if not path.exists():
        _make(path)
    try:
        secret = path.read_bytes()
    except OSError as unreadable:
        raise SecretUnusable(
            f"假名密钥 {path} 读不到（{unreadable.strerror}）；恢复读取权限，或从备份恢复"
        ) from unreadable
    if len(secret) != SECRET_BYTES:
        raise SecretUnusable(f"假名密钥 {path} 不完整；从备份恢复，换了密钥就认不出已用过的凭证")
    return Pseudonyms(secret)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{secrets.token_hex(8)}.part")
    opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(secrets.token_bytes(SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink()
