"""The environment is read whole, and what is wrong with it is said at once."""

from pathlib import Path

import pytest

from registry.settings import SettingsError, read_settings
from registry.sign_in_rules import SignInRules

MAIL = {"REGISTRY_SMTP_HOST": "smtp.example.gov.cn", "REGISTRY_SMTP_SENDER": "a@example.gov.cn"}


def test_nothing_set_gives_the_embedded_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    found = read_settings({})

    assert found.database_url == f"sqlite:///{tmp_path}/.data/registry.sqlite"
    assert found.data_dir == tmp_path / ".data"
    assert (found.demo, found.host, found.port) == (False, "127.0.0.1", 8000)
    assert (found.run_cron, found.delivery_seconds) == ("0 2 1 * *", 30)
    assert found.timezone.key == "Asia/Shanghai"
    assert found.smtp is None
    assert found.largest_upload == 256 * 1024**2


def test_the_embedded_database_lies_in_the_data_directory() -> None:
    found = read_settings({"REGISTRY_DATA_DIR": "/srv/registry"})

    assert found.database_url == "sqlite:////srv/registry/registry.sqlite"


def test_a_blank_variable_is_not_set() -> None:
    assert read_settings({"REGISTRY_PORT": " ", "REGISTRY_DEMO": ""}).port == 8000


@pytest.mark.parametrize(("text", "demo"), [("1", True), ("TRUE", True), ("no", False)])
def test_a_flag_has_several_spellings(text: str, demo: bool) -> None:  # noqa: FBT001
    assert read_settings({"REGISTRY_DEMO": text}).demo is demo


def test_all_that_is_wrong_is_said_at_once_with_an_example() -> None:
    bad = {
        "REGISTRY_DATABASE_URL": "mysql://host/name",
        "REGISTRY_DEMO": "maybe",
        "REGISTRY_PORT": "70000",
        "REGISTRY_RUN_CRON": "monthly",
        "REGISTRY_DELIVERY_SECONDS": "0",
        "REGISTRY_TIMEZONE": "Asia/Nowhere",
        "REGISTRY_SMTP_USER": "name",
    }

    with pytest.raises(SettingsError) as caught:
        read_settings(bad)

    lines = str(caught.value).splitlines()[1:]
    assert len(lines) == len(bad)
    for name in bad:
        assert any(name in line for line in lines)
    assert all("例如" in line or "true 或 false" in line for line in lines)


def test_mail_is_set_up_by_host_and_sender() -> None:
    found = read_settings(MAIL).smtp

    assert found is not None
    assert (found.host, found.port, found.starttls) == ("smtp.example.gov.cn", 587, True)
    assert (found.user, found.password, found.sender) == (None, None, "a@example.gov.cn")


def test_mail_without_encryption_uses_its_old_port() -> None:
    found = read_settings(MAIL | {"REGISTRY_SMTP_STARTTLS": "no"}).smtp

    assert found is not None
    assert (found.port, found.starttls) == (25, False)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"REGISTRY_SMTP_SENDER": ""}, "REGISTRY_SMTP_SENDER"),
        ({"REGISTRY_SMTP_SENDER": "no address"}, "REGISTRY_SMTP_SENDER"),
        ({"REGISTRY_SMTP_PASSWORD": "x"}, "REGISTRY_SMTP_USER"),
    ],
)
def test_half_a_mail_server_is_refused(change: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings(MAIL | change)


def test_a_password_is_not_printed() -> None:
    found = read_settings(MAIL | {"REGISTRY_SMTP_USER": "u", "REGISTRY_SMTP_PASSWORD": "s3cret"})

    assert "s3cret" not in repr(found)


def test_the_rules_of_signing_in_are_settings_with_floors() -> None:
    assert read_settings({}).sign_in == SignInRules()
    read = read_settings({"REGISTRY_PASSWORD_LENGTH": "12", "REGISTRY_IDLE_MINUTES": "15"})
    assert (read.sign_in.password_length, read.sign_in.idle_minutes) == (12, 15)

    with pytest.raises(SettingsError) as refused:
        read_settings({"REGISTRY_PASSWORD_LENGTH": "6", "REGISTRY_PASSWORD_CLASSES": "5"})
    assert "REGISTRY_PASSWORD_LENGTH=「6」:应为8–64 的整数" in str(refused.value)
    assert "REGISTRY_PASSWORD_CLASSES=「5」:应为2–4 的整数" in str(refused.value)
