"""动态码 (TOTP, RFC 6238): the secret, what an app scans, and which time step a code is of.

The database holds a nonce only; the secret is made of it and a key in the data folder, so that a copy of
the database gives no codes.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from pathlib import Path

import pyotp

from registry.people.types import SecondFactor
from registry.secret_file import secret_in

STEP_SECONDS = 30
_TOLERANCE = 1
"""Steps a phone's clock may be off, either way."""

_SECRET_BYTES = 20
ISSUER = "梯度培育库"


def factor_key(data_dir: Path) -> bytes:
    """Give the installation's key, made the first time; raises SecretUnusable."""
    return secret_in(
        data_dir / "second-factors.key",
        named="动态码密钥",
        without_it="没有它，所有动态码都失效，须逐个重置账号；从备份恢复",
    )


def secret_of(nonce: str, key: bytes) -> str:
    """Give the secret of a second factor, in base32 as apps take it."""
    made = hmac.new(key, f"totp:{nonce}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:_SECRET_BYTES]).decode()


def scanned(nonce: str, key: bytes, sign_in_name: str) -> str:
    """Give the otpauth:// address an app scans."""
    return pyotp.TOTP(secret_of(nonce, key)).provisioning_uri(name=sign_in_name, issuer_name=ISSUER)


def step_of(code: str, factor: SecondFactor, key: bytes, at: datetime) -> int | None:
    """Give the time step a code is of, where it is one that can be taken now; None: it is not.

    A code is taken once: steps up to the factor's last are over.
    """
    now = int(at.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret_of(factor.nonce, key))
    typed = "".join(code.split())
    for step in range(now - _TOLERANCE, now + _TOLERANCE + 1):
        is_over = factor.last_step is not None and step <= factor.last_step
        if not is_over and hmac.compare_digest(
            totp.at(step * STEP_SECONDS).encode(), typed.encode()
        ):
            return step
    return None
