"""Who may do what: the shipped table over people and subjects, each answer with its reason."""

import re
from itertools import product

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.people.load_permissions import shipped_permissions
from registry.people.may import COMMAND_LINE, DEMO, May
from registry.people.types import Grant, Person, Subject

TABLE = shipped_permissions()
MAY = May(TABLE, shipped_vocabulary())

HERE, THERE, CITY = "410102", "410105", "410100"
TOWN = "410102001"
"""Finer than the tree of places knows: it lies in 410102 by its first digits."""

OFFICIALS = (
    "district_clerk",
    "city_reviewer",
    "policy_admin",
    "treasurer",
    "auditor",
    "system_admin",
)
GRANTS = {
    "enterprise": Grant(role="enterprise", enterprises=(1,)),
    "district_clerk": Grant(role="district_clerk", places=(HERE,), departments=("tax",)),
    "city_reviewer": Grant(role="city_reviewer", places=(CITY,), departments=("tax",)),
    "treasurer": Grant(role="treasurer", places=(HERE,)),
}
OWN = Subject(kind="enterprise", id="1", place=HERE, department="tax", enterprise_id=1)
OTHERS = Subject(kind="enterprise", id="2", place=HERE, department="tax", enterprise_id=2)
ELSEWHERE = Subject(kind="enterprise", id="3", place="411002", department="market", enterprise_id=3)
UNKNOWN = Subject(kind="enterprise", id="4")
EVERYTHING_DONE = {action: frozenset({901, 902}) for action in TABLE.actions}


def person(*roles: str, number: int = 7) -> Person:
    return Person(
        id=number,
        kind="enterprise" if roles == ("enterprise",) else "official",
        name="某人",
        grants=tuple(GRANTS.get(role, Grant(role=role)) for role in roles),
    )


def done(subject: Subject) -> Subject:
    return Subject(
        kind=subject.kind,
        id=subject.id,
        place=subject.place,
        department=subject.department,
        enterprise_id=subject.enterprise_id,
        done=EVERYTHING_DONE,
    )


@pytest.mark.parametrize(("action", "role"), list(product(TABLE.actions, TABLE.roles)))
def test_every_role_reaches_what_its_scope_says_and_nothing_else(action: str, role: str) -> None:
    asked = TABLE.actions[action]
    scope = asked.scopes.get(role)
    reach = {
        "any": (True, True, True, True),
        "place": (True, True, False, False),
        "department": (True, True, False, False),
        "own": (True, False, False, False),
        None: (False, False, False, False),
    }[scope]
    if asked.public:
        reach = (True, True, True, True)

    answers = [MAY(person(role), action, done(one)) for one in (OWN, OTHERS, ELSEWHERE, UNKNOWN)]

    assert tuple(one.yes for one in answers) == reach
    for one in answers:
        assert re.search("[一-鿿]", one.reason)
        assert (one.role == role) == (one.yes and not asked.public)


@pytest.mark.parametrize("action", TABLE.actions)
def test_nobody_signed_in_may_only_what_is_public(action: str) -> None:
    answer = MAY(None, action, done(OWN))

    assert answer.yes == TABLE.actions[action].public
    assert answer.yes or "登录" in answer.reason


@pytest.mark.parametrize("must", ["password", "second_factor"])
def test_who_must_put_something_right_first_may_only_that(must: str) -> None:
    everybody = Person(
        id=7,
        kind="official",
        name="某人",
        grants=tuple(GRANTS.get(role, Grant(role=role)) for role in OFFICIALS),
        must=(must,),  # type: ignore[arg-type]  # parametrised
    )
    allowed = {
        action
        for action in TABLE.actions
        if MAY(everybody, action, Subject(kind="account", place=HERE, person_id=7)).yes
    }

    assert allowed == {a for a, row in TABLE.actions.items() if row.public} | {"keep_account"}


def test_the_own_account_is_everybodys_own_and_nobody_elses() -> None:
    for role in ("enterprise", *OFFICIALS):
        assert MAY(person(role), "keep_account", Subject(kind="account", person_id=7)).yes
        assert not MAY(person(role), "keep_account", Subject(kind="account", person_id=8)).yes
    assert MAY(person(), "keep_account", Subject(kind="account", person_id=7)).yes
    assert not MAY(COMMAND_LINE, "keep_account", Subject(kind="account")).yes


def test_a_place_contains_all_that_lies_in_it() -> None:
    for grant, place, expected in (
        (HERE, TOWN, True), (CITY, TOWN, True), (HERE, CITY, False), (THERE, TOWN, False),
    ):  # fmt: skip
        clerk = Person(
            id=1,
            kind="official",
            name="某",
            grants=(Grant(role="district_clerk", places=(grant,)),),
        )
        subject = Subject(kind="enterprise", place=place)
        assert MAY(clerk, "read_enterprise", subject).yes is expected


def test_of_several_roles_the_one_that_reaches_counts() -> None:
    both = person("district_clerk", "policy_admin")

    answer = MAY(both, "read_enterprise", ELSEWHERE)

    assert (answer.yes, answer.role) == (True, "policy_admin")


@pytest.mark.parametrize(
    ("first", "then"),
    [(before, action) for action, row in TABLE.actions.items() for before in row.apart_from],
)
def test_who_did_one_step_does_not_do_the_next(first: str, then: str) -> None:
    """Whatever roles somebody has collected."""
    roles = [role for role in TABLE.actions[then].scopes if TABLE.roles[role].kind == "official"]
    steps = {**EVERYTHING_DONE, first: frozenset({7, 901})}
    subject = Subject(kind="case", place=HERE, department="tax", enterprise_id=1, done=steps)

    for role in roles:
        refused = MAY(person(role), then, subject)
        assert not refused.yes
        assert "另一个人" in refused.reason
        assert MAY(person(role, number=8), then, subject).yes


def test_no_step_before_its_forerunners() -> None:
    for action, row in TABLE.actions.items():
        for before in row.after:
            steps = {one: people for one, people in EVERYTHING_DONE.items() if one != before}
            subject = Subject(kind="case", place=HERE, department="tax", done=steps)
            for role in row.scopes:
                answer = MAY(person(role), action, subject)
                assert not answer.yes
                assert TABLE.actions[before].label in answer.reason


def test_money_moves_through_at_least_four_people() -> None:
    """review, approve, draft the order, sign it: played with as few people as the table lets."""
    steps = ("review_case", "approve_case", "draft_payment", "order_payment")
    roles = [role for role in OFFICIALS if role in GRANTS]
    people: list[Person] = []
    subject_done: dict[str, frozenset[int]] = {}
    for step in steps:
        subject = Subject(kind="case", place=HERE, enterprise_id=1, done=subject_done)
        able = [one for one in people if MAY(one, step, subject).yes]
        if not able:
            newcomer = person(*roles, number=len(people) + 1)
            assert MAY(newcomer, step, subject).yes
            people.append(newcomer)
            able = [newcomer]
        subject_done[step] = frozenset({able[0].id or 0})

    assert len(people) == 4


def test_machines_do_not_move_money_and_do_not_approve() -> None:
    closed = (
        "approve_policy", "publish_policy", "review_case", "approve_case", "publish_batch",
        "draft_payment", "order_payment", "take_receipts", "claw_back", "confirm_recovery",
        "read_personal_data", "confirm_case",
    )  # fmt: skip
    for machine, action in product((COMMAND_LINE, DEMO), closed):
        assert not MAY(machine, action, done(OWN)).yes
    assert not MAY(DEMO, "manage_people", done(OWN)).yes
    assert MAY(COMMAND_LINE, "manage_people", done(OWN)).yes


def test_who_keeps_the_accounts_sees_no_enterprise_and_no_money() -> None:
    mine = {action for action, row in TABLE.actions.items() if "system_admin" in row.scopes}

    assert mine == {"manage_people", "ask_recovery", "confirm_recovery", "read_people"}


def test_an_action_the_table_does_not_have_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        MAY(person("auditor"), "read_everything", OWN)


@pytest.mark.parametrize(
    ("kind", "roles", "said"),
    [
        ("official", ("district_clerk", "city_reviewer"), None),
        ("official", ("city_reviewer", "treasurer"), "审核与拨付分离"),
        ("official", ("system_admin", "auditor"), "不能是同一个人"),
        ("official", ("enterprise",), "不能给这类账号"),
        ("official", ("command_line",), "不能给这类账号"),
        ("enterprise", ("auditor",), "不能给这类账号"),
        ("official", ("king",), "没有角色“king”"),
    ],
)
def test_roles_that_do_not_go_together(kind: str, roles: tuple[str, ...], said: str | None) -> None:
    wrong = MAY.wrong_with_roles(kind, roles)

    assert (wrong is None) if said is None else (said in (wrong or ""))


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        (Grant(role="district_clerk", places=(HERE,)), None),
        (Grant(role="auditor"), None),
        (Grant(role="district_clerk"), "要写明管哪些地区、部门"),
        (Grant(role="enterprise"), "要写明管哪些企业"),
        (Grant(role="district_clerk", places=("999999",)), "没有地区代码“999999”"),
        (Grant(role="district_clerk", departments=("moon",)), "没有部门“moon”"),
        (Grant(role="auditor", places=(HERE,)), "不按地区授权"),
    ],
)
def test_a_role_is_given_over_something(grant: Grant, said: str | None) -> None:
    wrong = MAY.wrong_with_scope(grant)

    assert (wrong is None) if said is None else (said in (wrong or ""))
