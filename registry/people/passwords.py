"""Passwords: what is refused and why, and their hashes (argon2id)."""

import unicodedata
from collections.abc import Sequence
from functools import cache

import anyio
import argon2
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync
from argon2.exceptions import InvalidHashError, VerificationError

from registry.people.types import Moment, PasswordKept
from registry.sign_in_rules import SignInRules

LONGEST = 128
"""Signs; hashing more would be work for whoever wants to keep us busy."""

_HASHER = argon2.PasswordHasher()
_AT_ONCE = 2
"""Each hash takes 64 MiB and a core for a fifth of a second."""

_LIMITER: RunVar[anyio.CapacityLimiter] = RunVar("passwords")


def as_typed(password: str) -> str:
    """Give the form a password is judged by: keyboards may send the same sign in several ways."""
    return unicodedata.normalize("NFKC", password)


def _hashed_as(password: str) -> bytes:
    return as_typed(password)[: LONGEST + 1].encode("utf-8", "surrogatepass")


def wrong_with_password(password: str, sign_in_name: str, rules: SignInRules) -> str | None:
    """Say in words why a new password is refused; None: it is taken as far as its text goes."""
    text = as_typed(password)
    if len(text) < rules.password_length:
        return f"密码至少{rules.password_length}位"
    if len(text) > LONGEST:
        return f"密码至多{LONGEST}位"
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        return "密码里有换行等控制字符；请重新输入"
    if len({_class_of(sign) for sign in text}) < rules.password_classes:
        return f"密码要含大写字母、小写字母、数字、其他符号四类中的至少{rules.password_classes}类"
    if sign_in_name.casefold() in text.casefold():
        return "密码里不能有登录名"
    if len(set(text)) < rules.password_length // 2:
        return "密码里重复的字符太多"
    return None


async def is_used_before(password: str, kept: Sequence[PasswordKept]) -> bool:
    """Say whether a password is one of these."""
    for one in kept:
        if await is_right(one.hash, password):
            return True
    return False


async def hash_password(password: str) -> str:
    """Give the hash to be kept; takes a fifth of a second on a thread."""
    return await run_sync(_HASHER.hash, _hashed_as(password), limiter=_limiter())


async def is_right(kept: str | None, password: str) -> bool:
    """Say whether a password gives this hash; None: there is no such account, and it takes as long."""
    return await run_sync(_is_right, kept, _hashed_as(password), limiter=_limiter())


def is_too_old(kept: PasswordKept | None, rules: SignInRules, moment: Moment) -> bool:
    """Say whether a password must be changed: there is none, or its time is over."""
    return kept is None or (moment.at - kept.set_at).days >= rules.password_days


def _is_right(kept: str | None, password: bytes) -> bool:
    try:
        _HASHER.verify(_nobodys() if kept is None else kept, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody's")


def _class_of(sign: str) -> str:
    if sign.isdecimal():
        return "digit"
    if sign.isupper():
        return "capital"
    return "small" if sign.islower() else "other"


def _limiter() -> anyio.CapacityLimiter:
    try:
        return _LIMITER.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(_AT_ONCE)
        _LIMITER.set(limiter)
        return limiter
