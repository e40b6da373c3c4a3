"""A secret kept in a file of the data folder: made there once, never in the database."""

import os
import secrets
from pathlib import Path

SECRET_BYTES = 32


class SecretUnusable(Exception):
    """A secret cannot be read or is not whole; says which file and the way out."""


def secret_in(path: Path, *, named: str, without_it: str) -> bytes:
    """Give the secret kept at a path, made there the first time; raises SecretUnusable.

    Two processes that come first at once agree: the file is made whole beside its place, and only one
    can be linked to it.

    named       what people call the secret.
    without_it  what is lost with it, and the way out.
    """
    if not path.exists():
        _make(path)
    try:
        secret = path.read_bytes()
    except OSError as unreadable:
        raise SecretUnusable(
            f"{named} {path} 读不到（{unreadable.strerror}）；恢复读取权限，或从备份恢复"
        ) from unreadable
    if len(secret) != SECRET_BYTES:
        raise SecretUnusable(f"{named} {path} 不完整；{without_it}")
    return secret


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
