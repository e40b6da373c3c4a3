"""Accounts, what they are trusted with, sessions and attempts. Every column states null and default."""

from piccolo.columns import BigInt, BigSerial, Boolean, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class Account(Table, tablename="account"):
    """Somebody who may sign in."""

    id = BigSerial(primary_key=True)
    sign_in_name = Varchar(length=60, null=False, default=None, help_text="In small letters.")
    kind = Varchar(length=12, null=False, default=None)
    display_name = Varchar(length=60, null=False, default=None)
    email = Varchar(length=254, null=True, default=None)
    created_at = Timestamptz(null=False, default=None)
    disabled_at = Timestamptz(null=True, default=None)

    account_name_once = Unique([sign_in_name])
    account_kind_is_known = Check("\"kind\" IN ('enterprise', 'official')")


class AccountRole(Table, tablename="account_role"):
    """A role given to somebody, over what, by whom; ended, never deleted."""

    id = BigSerial(primary_key=True)
    person_id = BigInt(null=False, default=None, index=True)
    role = Varchar(length=30, null=False, default=None)
    scope = Text(null=False, default=None, help_text="JSON: places, departments, enterprises.")
    given_by = Varchar(length=100, null=False, default=None)
    given_at = Timestamptz(null=False, default=None)
    ended_by = Varchar(length=100, null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)

    account_role_ended_by_somebody = Check('("ended_at" IS NULL) = ("ended_by" IS NULL)')


class AccountPassword(Table, tablename="account_password"):
    """A password somebody has (the latest) or had."""

    id = BigSerial(primary_key=True)
    person_id = BigInt(null=False, default=None, index=True)
    hash = Varchar(length=200, null=False, default=None, help_text="argon2id.")
    set_at = Timestamptz(null=False, default=None)


class AccountRecovery(Table, tablename="account_recovery"):
    """A one-time code in place of a password: the first, or after a loss."""

    id = BigSerial(primary_key=True)
    person_id = BigInt(null=False, default=None, index=True)
    kind = Varchar(length=10, null=False, default=None)
    asked_by = Varchar(length=100, null=False, default=None)
    asked_by_id = BigInt(null=True, default=None, help_text="Null: the command line.")
    asked_at = Timestamptz(null=False, default=None)
    confirmed_by = Varchar(length=100, null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    code_hash = Varchar(length=64, null=True, default=None, help_text="SHA-256 in hex.")
    valid_until = Timestamptz(null=True, default=None)
    used_at = Timestamptz(null=True, default=None)

    account_recovery_kind_is_known = Check("\"kind\" IN ('first', 'recovery')")
    account_recovery_code_needs_a_second = Check('("code_hash" IS NULL) = ("confirmed_at" IS NULL)')


class AccountFactor(Table, tablename="account_factor"):
    """A 动态码 device of an account; its secret is made of the installation's key and the nonce."""

    id = BigSerial(primary_key=True)
    person_id = BigInt(null=False, default=None, index=True)
    nonce = Varchar(length=64, null=False, default=None)
    made_at = Timestamptz(null=False, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    last_step = BigInt(null=True, default=None, help_text="Of the last code taken.")
    ended_at = Timestamptz(null=True, default=None)


class AccountSession(Table, tablename="account_session"):
    """A signed-in browser."""

    id = BigSerial(primary_key=True)
    person_id = BigInt(null=False, default=None, index=True)
    token_hash = Varchar(length=64, null=False, default=None, help_text="SHA-256 in hex.")
    made_at = Timestamptz(null=False, default=None)
    seen_at = Timestamptz(null=False, default=None)
    source = Varchar(length=60, null=False, default=None, help_text="Address it came from.")
    ended_at = Timestamptz(null=True, default=None)

    account_session_token_once = Unique([token_hash])


class AccountDevice(Table, tablename="account_device"):
    """A browser that has signed in before: strangers' guesses do not delay it."""

    id = BigSerial(primary_key=True)
    person_id = BigInt(null=False, default=None, index=True)
    token_hash = Varchar(length=64, null=False, default=None, help_text="SHA-256 in hex.")
    made_at = Timestamptz(null=False, default=None)

    account_device_token_once = Unique([token_hash])


class SignInAttempt(Table, tablename="sign_in_attempt"):
    """One attempt to sign in; counts as failed until it is known to have succeeded."""

    id = BigSerial(primary_key=True)
    name_key = Varchar(length=64, null=False, default=None, help_text="SHA-256 of what was typed.")
    origin = Varchar(
        length=80, null=False, default=None, help_text="device:… where known, else source:…"
    )
    at = Timestamptz(null=False, default=None, index=True)
    succeeded = Boolean(null=False, default=None)
