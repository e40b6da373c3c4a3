"""Passwords: what is refused, and that only the right one fits its hash."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from registry.people.passwords import (
    LONGEST,
    hash_password,
    is_right,
    is_too_old,
    is_used_before,
    wrong_with_password,
)
from registry.people.types import Moment, PasswordKept
from registry.sign_in_rules import SignInRules

RULES = SignInRules()


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Aa1-efgh", None),
        ("Aa1-efg", "至少8位"),
        ("aaaabbbb1111", "三类|3类"),
        ("aa1-efgh", None),
        ("aa1efghi", "3类"),
        ("AA11EFGH", "3类"),
        ("密码密语12山水Ab", None),
        ("x-Li.Wei-1", "登录名"),
        ("Aa1Aa1Aa1", "重复"),
        ("Aa1-efgh\n", "控制字符"),
        ("Aa1-" + "efghijkl" * 16, "至多128位"),
    ],
)
def test_a_password_is_refused_for_what_is_wrong_with_it(password: str, said: str | None) -> None:
    wrong = wrong_with_password(password, "li.wei", RULES)

    if said is None:
        assert wrong is None
    else:
        assert any(part in (wrong or "") for part in said.split("|"))


def test_the_rules_are_settings() -> None:
    strict = SignInRules(password_length=12, password_classes=4)

    assert "12位" in (wrong_with_password("Aa1-efgh", "li", strict) or "")
    assert "4类" in (wrong_with_password("aa1-efghijkl", "li", strict) or "")
    assert wrong_with_password("Aa1-efghijkl", "li", strict) is None


@pytest.mark.anyio
async def test_only_the_right_password_fits_however_its_signs_are_composed() -> None:
    kept = await hash_password("Café-Straße-1")

    assert kept.startswith("$argon2id$")
    assert kept != await hash_password("Café-Straße-1")
    assert await is_right(kept, unicodedata.normalize("NFD", "Café-Straße-1"))
    assert not await is_right(kept, "Cafe-Straße-1")
    assert not await is_right(None, "nobody's")
    assert not await is_right("broken", "Café-Straße-1")
    old = [PasswordKept(kept, datetime(2026, 1, 1, tzinfo=UTC))]
    assert await is_used_before("Café-Straße-1", old)
    assert not await is_used_before("Café-Straße-2", old)
    assert not await is_right(kept, "x" * (LONGEST * 1000))


def test_a_password_is_old_after_its_days() -> None:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    for days, expected in ((89, False), (90, True)):
        kept = PasswordKept("x", at - timedelta(days=days))
        assert is_too_old(kept, RULES, Moment(at, at.date())) is expected
    assert is_too_old(None, RULES, Moment(at, at.date()))
