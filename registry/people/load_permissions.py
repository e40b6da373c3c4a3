"""Reading permissions.yml, checked to the end."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec
import yaml

from registry.people.types import Kind, Scope

SHIPPED = Path(__file__).parent / "permissions.yml"


class PermissionsBroken(Exception):
    """The table of permissions cannot be used; says everything that is wrong with it."""


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person can be trusted with, and whose accounts can hold it."""

    label: str
    kind: Kind


class NeverTogether(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Roles one person never holds at once."""

    roles: tuple[str, ...]
    reason: str


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can be done.

    scopes      role → over which subjects.
    public      anybody may, signed in or not. own_account: whoever has signed in may, to the own account.
    apart_from  actions by the same person on the same subject that rule this one out.
    after       action → how many different people must have done it to the subject before.
    """

    label: str
    scopes: Mapping[str, Scope]
    public: bool = False
    own_account: bool = False
    apart_from: tuple[str, ...] = ()
    after: Mapping[str, int] = {}


class Permissions(msgspec.Struct, frozen=True):
    """The whole table."""

    roles: Mapping[str, Role]
    never_together: tuple[NeverTogether, ...]
    actions: Mapping[str, Action]


@cache
def shipped_permissions() -> Permissions:
    """Give the table that comes with the project."""
    return read_permissions(SHIPPED.read_text(encoding="utf-8"), str(SHIPPED))


def read_permissions(text: str, where: str) -> Permissions:
    """Read a table; raises PermissionsBroken with every problem in it."""
    try:
        raw = yaml.safe_load(text)
        read = {key: dict(row) for key, row in raw["actions"].items()}
        found = Permissions(
            msgspec.convert(raw["roles"], dict[str, Role]),
            msgspec.convert(raw["never_together"], tuple[NeverTogether, ...]),
            {key: _action(row) for key, row in read.items()},
        )
    except (yaml.YAMLError, msgspec.ValidationError, KeyError, TypeError, ValueError) as broken:
        raise PermissionsBroken(f"{where}：读不懂（{broken}）；按随系统发布的样子书写") from None
    problems = list(_problems(found))
    if problems:
        raise PermissionsBroken("\n".join(f"{where} {said}" for said in problems))
    return found


def _action(row: dict[str, object]) -> Action:
    named = ("label", "public", "own_account", "apart_from", "after")
    own: dict[str, object] = {name: row.pop(name) for name in named if name in row}
    return msgspec.convert({**own, "scopes": row}, Action)


def _problems(found: Permissions) -> Iterator[str]:
    for pair in found.never_together:
        yield from (f"never_together：没有角色“{r}”" for r in pair.roles if r not in found.roles)
    for key, action in found.actions.items():
        for role in action.scopes:
            if role not in found.roles:
                yield f"actions.{key}：没有角色“{role}”；用 roles 中的角色"
        for other in (*action.apart_from, *action.after):
            if other not in found.actions:
                yield f"actions.{key}：没有操作“{other}”；用 actions 中的操作"
        ways = (action.public, action.own_account, bool(action.scopes))
        if sum(ways) != 1:
            yield f"actions.{key}：写 public: true、own_account: true 或能做的角色，三者恰取其一"
