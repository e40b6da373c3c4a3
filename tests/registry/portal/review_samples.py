"""A sample of every page of the review queue, made without a database."""

from datetime import UTC, datetime

import msgspec

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.actions.look_up_enterprise import Registered
from registry.actions.relate import RelationShown
from registry.actions.review_queue import Case, Decided, Group, Known, Queue, RowSeen
from registry.actions.show_registrations import Inherited, MergedIn, NameBorne, Registrations
from registry.identity.relation_store import Relation
from registry.portal.page import Page
from registry.portal.registrations_page import tell_registrations
from registry.portal.review_page import Beyond, Written, tell_case, tell_review
from registry.resolution.types import Candidate, Evidence

WORDS = shipped_vocabulary()
MOMENT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
ROW = RowSeen(
    file_name="台账.xlsx",
    department="finance",
    observed_on="2026-09-30",
    row=4,
    cells={"企业名称": "云深科技", "拨付日期": None},
)


def near(number: int, name: str) -> Known:
    evidence = (
        Evidence(
            about="name",
            sign="differs",
            marks=("other_character",),
            given="云深科技",
            known=name,
        ),
        Evidence(about="code", sign="unknown", known="9141"),
        Evidence(about="place", sign="differs", given="410102", known="410105"),
        Evidence(about="phone", sign="unknown"),
    )
    candidate = Candidate(
        enterprise_id=number, name=name, name_kind=0, probability_bp=5_000, evidence=evidence
    )
    return Known(candidate=candidate, uscc=None if number > 1 else "9141", former_names=("旧名",))


def case(**more: object) -> Case:
    said = {
        "subject_id": -3,
        "name": "云深科技",
        "situation": "several_bearers",
        "department": "finance",
        "beside": {"place": "410102", "uscc": None, "phone": "0371-1"},
        "candidates": (near(1, "云深科技"), near(2, "云栖科技")),
        "rows": (ROW,),
        "history": (),
        "is_now": None,
        "alike": 4,
        "next_id": -7,
    }
    return Case(**(said | more))  # type: ignore[arg-type]  # fields by name


def registrations() -> list[Page]:
    """What an enterprise is made of: nothing, and everything there may be."""
    who = Registered(enterprise_id=1, name="云深科技", uscc=None)
    nothing = Registrations(
        registered=who, names=(), merged=(), stand_in_total=0, relations=(), inherited=()
    )
    merged = MergedIn(subject_id=2, name="云栖", uscc="9141", by="张三", reason="同一家", at=MOMENT)
    moved = Relation(
        enterprise_id=1,
        kind="moved",
        place_to="410105",
        effective_on=MOMENT.date(),
        document="通知",
        recorded_at=MOMENT,
        recorded_by="张三",
    )
    into = msgspec.structs.replace(moved, kind="controls", other_id=2, share_bp=5_150)
    from_two = {"origin_id": 2, "origin": "云栖", "on": None}
    full = Registrations(
        registered=who,
        names=(NameBorne(name="云深", first_on=MOMENT.date(), last_on=MOMENT.date()),),
        merged=(merged, msgspec.structs.replace(merged, subject_id=-3)),
        stand_in_total=1,
        relations=tuple(
            RelationShown(id=1, relation=one, enterprise="云深", other=other, withdrawn=gone)
            for one, other, gone in ((moved, None, True), (into, "云栖", False))
        ),
        inherited=(
            Inherited(list="little_giant", family=None, amount_cents=None, **from_two),
            Inherited(list=None, family="P12", amount_cents=500, **from_two),
        ),
    )
    return [tell_registrations(one, WORDS) for one in (nothing, full)]


def review_pages() -> list[Page]:
    """The queue full and empty; a case that waits, one that was refused, one decided by the system."""
    group = Group(
        subject_id=-3,
        name="云深科技",
        situation="several_bearers",
        place=None,
        departments=("finance", "tax"),
        alike=4,
    )
    full = Queue(total=70, counts={"several_bearers": 70}, groups=(group,) * 50, group_total=70)
    decided = Decided(
        verdict="same",
        enterprise_id=1,
        probability_bp=None,
        reason="名称完全相同",
        decided_by="system",
        recorded_at=MOMENT,
    )
    aside = Decided(
        verdict="apart",
        enterprise_id=None,
        probability_bp=None,
        reason="外地企业",
        decided_by="张三",
        recorded_at=MOMENT,
    )
    return [
        *registrations(),
        tell_review(full, "several_bearers", 2, WORDS),
        tell_review(Queue(total=0, counts={}, groups=(), group_total=0), None, 1, WORDS),
        tell_case(case(), WORDS, Beyond(last=-1)),
        tell_case(
            case(), WORDS, Beyond(problem="没有选择它是哪一家", written=Written(reason="电话"))
        ),
        tell_case(
            case(candidates=(), history=(decided, aside), is_now=1, alike=0, next_id=None), WORDS
        ),
    ]
