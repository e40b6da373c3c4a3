"""Secrets that are shown once and kept as a hash."""

import hashlib
import secrets

TOKEN_BYTES = 32
_CODE_BYTES = 10


def new_token() -> str:
    """Make a token of 256 random bits, for a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    """Make a one-time code of 80 random bits that can be read out over the telephone."""
    digits = secrets.token_hex(_CODE_BYTES)
    return "-".join(digits[at : at + 5] for at in range(0, len(digits), 5))


def hash_of(secret: str) -> str:
    """Give what is kept of a token or code (they are random: a plain hash is enough), or of a name typed."""
    return hashlib.sha256(secret.strip().encode("utf-8", "surrogatepass")).hexdigest()
