"""Pseudonyms of persons, loans and contracts: the same item is the same everywhere, and cannot be read back.

A bare hash of an identity number could be found by trying all numbers; these are keyed by a secret that lies
beside the data, never in the database.
"""

import hashlib
import hmac
from pathlib import Path

from matching.language.vocabulary import Ledger
from registry.secret_file import secret_in

SECRET_FILE = "pseudonyms.key"  # noqa: S105  a file's name


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
    """Use the secret kept in a folder, made there the first time; raises SecretUnusable."""
    without_it = "从备份恢复，换了密钥就认不出已用过的凭证"
    return Pseudonyms(secret_in(folder / SECRET_FILE, named="假名密钥", without_it=without_it))
