"""A sample of every page of the review queue, made without a database."""

from datetime import UTC, datetime

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.actions.review_queue import Case, Decided, Group, Known, Queue, RowSeen
from registry.portal.page import Page
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
