"""People, what they are trusted with, and the answer to "may they?"."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

import msgspec

Kind = Literal["enterprise", "official", "machine"]
"""`machine`: the command line, the clock or the demonstration; has no account."""

Scope = Literal["any", "place", "department", "own"]
"""Over which subjects a role may do something: all; those in its places; those of its departments; the
enterprises that are its own."""

Must = Literal["password", "second_factor"]
"""What a person has to put right before anything else: a password that is new or too old, a 动态码."""


class PeopleRefused(Exception):
    """Something about people cannot be done; says what, why and the way out."""


class Moment(msgspec.Struct, frozen=True):
    """Now: the instant, and the day it is where the office is."""

    at: datetime
    day: date


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A role somebody holds, and over what.

    places  codes; each contains all that lies in it. departments: keys. enterprises: their ids.
    """

    role: str
    places: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    enterprises: tuple[int, ...] = ()


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever asks to do something.

    id    None: a machine.
    must  what is to be put right first; until then only the own account is open.
    """

    id: int | None
    kind: Kind
    name: str
    grants: tuple[Grant, ...] = ()
    must: tuple[Must, ...] = ()


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What something is to be done to.

    place, department, enterprise_id  None: it has none or it is not known, and no scope reaches it by that.
    person_id  where it is a person's account.
    done       who has already done what to it: action → ids of those people.
    """

    kind: str
    id: str | None = None
    place: str | None = None
    department: str | None = None
    enterprise_id: int | None = None
    person_id: int | None = None
    done: Mapping[str, frozenset[int]] = {}


NOTHING_PARTICULAR = Subject(kind="none")
"""For deeds without a subject, such as a search."""


class Allowed(msgspec.Struct, frozen=True):
    """The answer, with its reason as people read it, and the role that made it yes.

    role  None: refused, or open to anybody.
    """

    yes: bool
    reason: str
    role: str | None = None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An account, without its secrets."""

    id: int
    sign_in_name: str
    kind: Kind
    display_name: str
    email: str | None
    created_at: datetime
    disabled_at: datetime | None


class SecondFactor(msgspec.Struct, frozen=True, kw_only=True):
    """A 动态码 of an account. Its secret is not here: it is made of the installation's key and the nonce.

    last_step  the time step of the last code taken; a code is taken once.
    """

    id: int
    person_id: int
    nonce: str
    made_at: datetime
    confirmed_at: datetime | None
    last_step: int | None


class PasswordKept(msgspec.Struct, frozen=True):
    """A password somebody has or had, as its hash."""

    hash: str
    set_at: datetime


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time code in place of a password: the first one, or because it was lost.

    asked_by, confirmed_by  names as people read them; ids None: the command line.
    """

    id: int
    person_id: int
    kind: Literal["first", "recovery"]
    asked_by: str
    asked_by_id: int | None
    asked_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    code_hash: str | None
    valid_until: datetime | None
    used_at: datetime | None


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One signed-in browser; its token is kept as a hash only."""

    id: int
    person_id: int
    made_at: datetime
    seen_at: datetime
    source: str
    ended_at: datetime | None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A person with a session, as a request finds it."""

    session_id: int
    person: Person


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser is given after signing in: the session's token, and one that makes it known again.

    Both are secrets, shown once; only their hashes are kept.
    """

    session: str
    device: str
    person: Person

    def __repr__(self) -> str:
        return f"Tokens({self.person.name}, 令牌不显示)"
