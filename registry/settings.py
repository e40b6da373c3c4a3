"""What the environment says about this installation, read once and checked to the end."""

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]  # ships no types

from matching.storage.database import absolute_url
from matching.storage.errors import BadDatabaseUrl
from registry.sign_in_rules import LEAST, MOST, SignInRules

T = TypeVar("T")

LARGEST_UPLOAD = 256 * 1024**2
"""Bytes; half a million rows of 30 columns are 70 MB as .xlsx and 130 MB as .csv."""

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}


class SettingsError(Exception):
    """The environment cannot be used; says every variable that is wrong."""


class Smtp(msgspec.Struct, frozen=True, kw_only=True):
    """The mail server that takes our notices."""

    host: str
    port: int
    user: str | None
    password: str | None
    starttls: bool
    sender: str

    def __repr__(self) -> str:
        return f"Smtp({self.host}:{self.port}, 密码不显示)"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How this installation runs. One field a variable: REGISTRY_ and its name in capitals.

    data_dir  where runs keep their frozen input; must outlive the process.
    demo      shows figures of (fictional) enterprises to anybody.
    run_cron  five fields, in timezone.
    clock     whether a served process also runs the months and deliveries that are due.
    smtp      None: notices go to the in-portal inbox only.
    largest_upload  bytes of a sheet; a larger file is refused before it is read.
    sign_in  one variable a field, such as REGISTRY_PASSWORD_LENGTH.
    """

    database_url: str
    data_dir: Path
    demo: bool
    host: str
    port: int
    run_cron: str
    delivery_seconds: int
    timezone: ZoneInfo
    smtp: Smtp | None
    clock: bool = True
    largest_upload: int = LARGEST_UPLOAD
    sign_in: SignInRules = SignInRules()


@cache
def settings() -> Settings:
    """Give the settings of this process."""
    return read_settings(os.environ)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read these variables; raises SettingsError with all that is wrong, not only the first."""
    read = _Reader(environ)
    data_dir = read("DATA_DIR", ".data", _path, "目录路径,例如 /var/lib/registry")
    database = f"sqlite:///{(data_dir or Path('.data')) / 'registry.sqlite'}"
    found = {
        "database_url": read("DATABASE_URL", database, absolute_url, "数据库地址"),
        "data_dir": data_dir,
        "demo": read("DEMO", "false", _flag, "true 或 false"),
        "host": read("HOST", "127.0.0.1", _text, "监听地址,例如 127.0.0.1"),
        "port": read("PORT", "8000", _port, "1–65535 的整数,例如 8000"),
        "run_cron": read("RUN_CRON", "0 2 1 * *", _cron, "五段 cron 表达式,例如 0 2 1 * *"),
        "delivery_seconds": read("DELIVERY_SECONDS", "30", _positive, "正整数秒,例如 30"),
        "timezone": read("TIMEZONE", "Asia/Shanghai", ZoneInfo, "时区名,例如 Asia/Shanghai"),
        "clock": read("CLOCK", "true", _flag, "true 或 false"),
        "largest_upload": read(
            "LARGEST_UPLOAD", str(LARGEST_UPLOAD), _positive, "正整数字节,例如 268435456"
        ),
        "smtp": _smtp(read),
        "sign_in": _sign_in(read),
    }
    read.refuse_problems()
    return msgspec.convert(found, Settings, dec_hook=lambda _, value: value)


class _Reader:
    """Reads one variable after the other and remembers what was wrong."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def given(self, name: str) -> str | None:
        """Give the text, or None where it is not set or blank."""
        return self._environ.get(f"REGISTRY_{name}", "").strip() or None

    def __call__(self, name: str, default: str, parse: Callable[[str], T], wanted: str) -> T | None:
        text = self.given(name) or default
        try:
            return parse(text)
        except BadDatabaseUrl as error:
            self.problems.append(f"REGISTRY_{name}=「{text}」:{error}")
        except (ValueError, ZoneInfoNotFoundError):
            self.problems.append(f"REGISTRY_{name}=「{text}」:应为{wanted}")
        return None

    def refuse_problems(self) -> None:
        """Raise all that was wrong at once."""
        if self.problems:
            lines = "\n".join(f"  {problem}" for problem in self.problems)
            raise SettingsError(f"环境变量有 {len(self.problems)} 处不能使用:\n{lines}")


def _sign_in(read: _Reader) -> SignInRules | None:
    found = {}
    for name, default in msgspec.structs.asdict(SignInRules()).items():
        least, most = LEAST.get(name, 1), MOST.get(name, 100_000)
        wanted = f"{least}–{most} 的整数,例如 {default}"
        found[name] = read(name.upper(), str(default), _between(least, most), wanted)
    return None if read.problems else msgspec.convert(found, SignInRules)


def _smtp(read: _Reader) -> Smtp | None:
    names = ("PORT", "USER", "PASSWORD", "STARTTLS", "SENDER")
    host = read.given("SMTP_HOST")
    if host is None:
        read.problems += [
            f"REGISTRY_SMTP_{name} 已设置而 REGISTRY_SMTP_HOST 没有:不会发送邮件;"
            "请设置 REGISTRY_SMTP_HOST,例如 smtp.example.gov.cn"
            for name in names
            if read.given(f"SMTP_{name}") is not None
        ]
        return None
    starttls = read("SMTP_STARTTLS", "true", _flag, "true 或 false")
    port = read("SMTP_PORT", "587" if starttls else "25", _port, "1–65535 的整数,例如 587")
    user, password = read.given("SMTP_USER"), read.given("SMTP_PASSWORD")
    if (user is None) != (password is None):
        read.problems.append("REGISTRY_SMTP_USER 与 REGISTRY_SMTP_PASSWORD 应同时设置或同时不设")
    sender = read("SMTP_SENDER", "-", _address, "发件邮箱,例如 notice@example.gov.cn")
    if read.problems:
        return None
    return Smtp(
        host=host,
        port=port or 587,
        user=user,
        password=password,
        starttls=bool(starttls),
        sender=sender or "",
    )


def _text(text: str) -> str:
    return text


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _flag(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise ValueError(text)
    return text.lower() in _YES


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


def _between(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not least <= (found := int(text)) <= most:
            raise ValueError(text)
        return found

    return number


def _port(text: str) -> int:
    if (number := _positive(text)) > 65535:
        raise ValueError(text)
    return number


def _cron(text: str) -> str:
    CronTrigger.from_crontab(text, timezone="UTC")
    return text


def _address(text: str) -> str:
    name, at, domain = text.partition("@")
    if not (name and at and domain) or any(letter.isspace() for letter in text):
        raise ValueError(text)
    return text
