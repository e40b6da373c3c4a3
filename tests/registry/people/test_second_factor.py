"""动态码 as RFC 6238 has them; each is taken once, and the database alone gives none."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from registry.people.second_factor import factor_key, secret_of, step_of
from registry.people.types import SecondFactor

AT = datetime(2026, 11, 2, 1, 0, 10, tzinfo=UTC)
KEY = b"k" * 32
NOW = int(AT.timestamp()) // 30


def factor(last_step: int | None = None, nonce: str = "n") -> SecondFactor:
    return SecondFactor(
        id=1, person_id=1, nonce=nonce, made_at=AT, confirmed_at=AT, last_step=last_step
    )


def code(seconds: int = 0) -> str:
    return pyotp.TOTP(secret_of("n", KEY)).at(AT + timedelta(seconds=seconds))


@pytest.mark.parametrize(("seconds", "step"), [(0, 0), (-30, -1), (30, 1), (-60, None), (60, None)])
def test_a_phone_may_be_half_a_minute_off(seconds: int, step: int | None) -> None:
    assert step_of(code(seconds), factor(), KEY, AT) == (None if step is None else NOW + step)


def test_a_code_is_taken_once_and_none_before_it() -> None:
    assert step_of(code(), factor(NOW), KEY, AT) is None
    assert step_of(code(-30), factor(NOW), KEY, AT) is None
    assert step_of(code(30), factor(NOW), KEY, AT) == NOW + 1


@pytest.mark.parametrize("typed", ["", "abc", "12345678901", "１２３４５６", "码"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert step_of(typed, factor(), KEY, AT) is None


def test_another_key_or_nonce_has_other_codes(tmp_path: Path) -> None:
    assert len({secret_of("n", KEY), secret_of("m", KEY), secret_of("n", b"l" * 32)}) == 3
    assert factor_key(tmp_path) == factor_key(tmp_path)
    assert factor_key(tmp_path) != factor_key(tmp_path / "other")
