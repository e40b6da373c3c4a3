"""A table of permissions that is wrong says everything that is."""

import pytest

from registry.people.load_permissions import (
    PermissionsBroken,
    read_permissions,
    shipped_permissions,
)

GOOD = """
roles: {clerk: {label: 经办, kind: official}}
never_together: []
actions:
  look: {label: 看, clerk: any}
"""


def test_the_shipped_table_is_read_and_labels_tell_actions_apart() -> None:
    table = shipped_permissions()
    labels = [row.label for row in table.actions.values()]

    assert len(set(labels)) == len(labels)
    assert table.actions["order_payment"].after["draft_payment"] == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("clerk: any", "king: any"), "没有角色“king”"),
        (("clerk: any", "clerk: everywhere"), "读不懂"),
        (("clerk: any", "public: true, clerk: any"), "恰取其一"),
        ((", clerk: any", ""), "恰取其一"),
        (("clerk: any", "clerk: any, apart_from: [jump]"), "没有操作“jump”"),
        (("clerk: any", "clerk: any, after: {jump: 1}"), "没有操作“jump”"),
        (("never_together: []", "never_together: [{roles: [king], reason: 不}]"), "没有角色“king”"),
        (("actions:", "acts:"), "读不懂"),
    ],
)
def test_what_is_wrong_is_said(change: tuple[str, str], said: str) -> None:
    assert read_permissions(GOOD, "here").actions["look"].scopes == {"clerk": "any"}

    with pytest.raises(PermissionsBroken, match=said):
        read_permissions(GOOD.replace(*change), "here")
