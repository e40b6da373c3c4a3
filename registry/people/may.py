"""May this person do this to that? Yes or no, with the reason. No database, no web, no clock."""

from collections.abc import Sequence

from matching.language.vocabulary import Vocabulary
from registry.people.load_permissions import Action, Permissions
from registry.people.types import Allowed, Grant, Person, Scope, Subject

COMMAND_LINE = Person(
    id=None, kind="machine", name="命令行管理员", grants=(Grant(role="command_line"),)
)
DEMO = Person(id=None, kind="machine", name="演示", grants=(Grant(role="demo"),))
"""The demonstration's open door: reads everything and does what clerks do; says so on every page."""

_MUST_WORDS = {"password": "请先设置新密码", "second_factor": "请先启用动态码"}
_SCOPE_NEEDS = {
    "place": "这条记录不在您负责的地区",
    "department": "这条记录不属于您的部门",
    "own": "这不是您认领的企业",
}
_SCOPE_UNKNOWN = {
    "place": "这条记录的所在地还不知道，按地区授权的人不能操作；请先补上所在地",
    "department": "这条记录归哪个部门还不知道，按部门授权的人不能操作；请先写明归口部门",
    "own": "这条记录不属于某一家企业",
}


class May:
    """The table of permissions with the words for places and departments; ask it."""

    def __init__(self, permissions: Permissions, vocabulary: Vocabulary) -> None:
        self._permissions = permissions
        self._places = vocabulary.places
        self._departments = vocabulary.departments

    def __call__(self, person: Person | None, action: str, subject: Subject) -> Allowed:
        """Say whether a person may do an action to a subject; person None: nobody has signed in.

        Raises KeyError for an action the table does not have: that is a mistake of the program.
        """
        asked = self._permissions.actions[action]
        if asked.public:
            return Allowed(yes=True, reason="对所有人开放")
        if person is None:
            return Allowed(yes=False, reason=f"“{asked.label}”要先登录")
        if asked.own_account:
            is_own = person.id is not None and subject.person_id == person.id
            return Allowed(yes=is_own, reason="自己的账号" if is_own else "这不是您自己的账号")
        if person.must:
            return Allowed(yes=False, reason="；".join(_MUST_WORDS[one] for one in person.must))
        reached = self._reached(person, asked, subject)
        if not reached.yes:
            return reached
        return _apart(person, asked, subject) or self._before(asked, subject) or reached

    def wrong_with_roles(self, kind: str, roles: Sequence[str]) -> str | None:
        """Say why an account of this kind cannot hold these roles at once; None: it can."""
        table = self._permissions
        for role in roles:
            if role not in table.roles:
                known = "、".join(table.roles)
                return f"没有角色“{role}”；有 {known}"
            if table.roles[role].kind != kind:
                return f"“{table.roles[role].label}”不能给这类账号；换一个角色，或另开账号"
        for rule in table.never_together:
            if len(set(rule.roles) & set(roles)) > 1:
                names = "与".join(table.roles[role].label for role in rule.roles)
                return f"{names}不能是同一个人：{rule.reason}；请交给另一个人，或先取消原来的角色"
        return None

    def wrong_with_scope(self, grant: Grant) -> str | None:
        """Say why a role cannot be given over these subjects; None: it can.

        A role asks for what its actions are scoped by: without it, it would be good for nothing.
        """
        role = self._permissions.roles[grant.role]
        unknown = [one for one in grant.places if one not in self._places.nodes]
        if unknown:
            return f"没有地区代码“{unknown[0]}”；用 places.yml 中的代码，例如 410102"
        strange = [one for one in grant.departments if one not in self._departments]
        if strange:
            return f"没有部门“{strange[0]}”；有 {'、'.join(self._departments)}"
        scopes = {action.scopes.get(grant.role) for action in self._permissions.actions.values()}
        given = {
            "place": (grant.places, "地区"),
            "department": (grant.departments, "部门"),
            "own": (grant.enterprises, "企业"),
        }
        for scope, (over, word) in given.items():
            if over and scope not in scopes:
                return f"“{role.label}”不按{word}授权；请去掉{word}"
        if not any(over for over, _ in given.values()) and scopes & given.keys():
            words = "、".join(word for scope, (_, word) in given.items() if scope in scopes)
            return f"“{role.label}”要写明管哪些{words}"
        return None

    def _reached(self, person: Person, asked: Action, subject: Subject) -> Allowed:
        refusals: list[str] = []
        for grant in person.grants:
            scope = asked.scopes.get(grant.role)
            if scope is None:
                continue
            label = self._permissions.roles[grant.role].label
            refusal = self._out_of_scope(scope, grant, subject)
            if refusal is None:
                return Allowed(yes=True, reason=f"{label}可以{asked.label}", role=grant.role)
            refusals.append(f"{label}：{refusal}")
        if refusals:
            return Allowed(yes=False, reason="；".join(dict.fromkeys(refusals)))
        able = "、".join(self._permissions.roles[role].label for role in asked.scopes)
        return Allowed(yes=False, reason=f"您的角色不能“{asked.label}”；可以的有：{able}")

    def _out_of_scope(self, scope: Scope, grant: Grant, subject: Subject) -> str | None:
        known, inside = {
            "any": (True, True),
            "place": (subject.place is not None, self._in_places(grant, subject.place)),
            "department": (
                subject.department is not None,
                subject.department in grant.departments,
            ),
            "own": (
                subject.enterprise_id is not None,
                subject.enterprise_id in grant.enterprises,
            ),
        }[scope]
        if not known:
            return _SCOPE_UNKNOWN[scope]
        return None if inside else _SCOPE_NEEDS[scope]

    def _in_places(self, grant: Grant, place: str | None) -> bool:
        return place is not None and any(self._places.contains(one, place) for one in grant.places)

    def _before(self, asked: Action, subject: Subject) -> Allowed | None:
        for action, count in asked.after.items():
            if len(subject.done.get(action, ())) < count:
                label = self._permissions.actions[action].label
                return Allowed(
                    yes=False, reason=f"还没有{count}个人完成“{label}”，不能“{asked.label}”"
                )
        return None


def _apart(person: Person, asked: Action, subject: Subject) -> Allowed | None:
    for action in asked.apart_from:
        done = subject.done.get(action, frozenset())
        if person.id in done:
            return Allowed(
                yes=False, reason=f"同一件事您已办过前一步，“{asked.label}”须由另一个人办"
            )
    return None
