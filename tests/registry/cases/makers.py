"""Cases for tests, made step by step as people would."""

from datetime import datetime

import msgspec

from registry.cases.declared import shipped_days, shipped_declared
from registry.cases.guards import Ground
from registry.cases.step import Refused, step
from registry.cases.types import Account, Asked, Case, Event, Role
from tests.makers import at

GROUND = Ground(shipped_declared(), shipped_days())
OWN = Account("金昌测试有限公司", "某银行", "6200001")
NEW = Case(
    id=1,
    enterprise_id=1,
    item_id="robots",
    award_period="2026",
    stage=1,
    name="金昌测试有限公司",
    steps=(),
)
Said = tuple[Event, Role, str, datetime, dict[str, object]]


def asked(event: Event, role: Role, by: str, now: datetime, **more: object) -> Asked:
    return Asked(event=event, role=role, by=by, now=now, **more)  # type: ignore[arg-type]


def gone(case: Case, *said: Said) -> Case:
    """Give the case after these steps, all of which must be lawful."""
    for event, role, by, now, more in said:
        found = step(case, asked(event, role, by, now, **more), GROUND)
        assert not isinstance(found, Refused), (event, found)
        case = msgspec.structs.replace(case, steps=(*case.steps, found))
    return case


def why_not(case: Case, event: Event, role: Role, by: str, now: datetime, **more: object) -> str:
    """Give why a step is refused; it must be."""
    found = step(case, asked(event, role, by, now, **more), GROUND)
    assert isinstance(found, Refused), found
    return found.why


MATCHED: tuple[Said, ...] = (
    ("freeze", "engine", "system", at(10, 9), {"evidence": "2026-09"}),
    ("match", "engine", "system", at(10, 9), {"amount_cents": 500_000}),
)
APPROVED: tuple[Said, ...] = (
    *MATCHED,
    ("take", "department", "王", at(10, 10), {}),
    ("approve", "department", "李", at(10, 12), {}),
)
PUBLICISED: tuple[Said, ...] = (
    *APPROVED,
    (
        "publicise",
        "department",
        "李",
        at(10, 13),
        {"evidence": "信用无不良", "document": "公示〔2026〕1号"},
    ),
)
"""Public from 13 October; its five working days end on 20 October at six."""

NOTIFIED: tuple[Said, ...] = (*PUBLICISED, ("notify", "platform", "system", at(10, 21), {}))
"""To be confirmed by 4 November at six."""

CONFIRMED: tuple[Said, ...] = (
    *NOTIFIED,
    ("confirm", "enterprise", "金昌测试", at(10, 23), {"account": OWN}),
)
ORDERED: tuple[Said, ...] = (
    *CONFIRMED,
    ("order", "finance", "赵", at(10, 26), {"evidence": "单 1"}),
)
PAID: tuple[Said, ...] = (*ORDERED, ("pay", "bank", "银行", at(10, 27), {"evidence": "回执 1"}))
