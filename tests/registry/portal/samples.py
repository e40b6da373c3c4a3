"""A sample of every page, made without a database."""

from datetime import UTC, date, datetime

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue, shipped_catalogue
from matching.engine.population import AWARD_COLUMNS, MEMBERSHIP_COLUMNS, Population
from matching.engine.profile_text import population_of_texts
from matching.notices.store import InboxNotice
from matching.runs.store import RunRecord
from registry.actions.look_up_enterprise import LookedUp, Registered, findings_of, ladder_for
from registry.actions.search_enterprises import Found, Hit, State
from registry.actions.show_pool import Counts, DueRow, Expiring, PlaceCount
from registry.actions.show_run import (
    ChangeRow,
    ChangesShown,
    Counted,
    Delivered,
    ItemTotal,
    Shown,
)
from registry.corrections.types import Decision, Evidence, ItemChange, Request
from registry.corrections.types import Shown as CorrectionShown
from registry.pool.clocks import Due, LateGroup
from registry.pool.count import Flow, ladder
from registry.pool.declared import shipped_pools
from registry.portal.changes_page import tell_changes
from registry.portal.correction_page import (
    Named,
    tell_ask,
    tell_choose,
    tell_correction,
    tell_corrections,
)
from registry.portal.enterprise_head import Dates
from registry.portal.enterprise_page import tell_enterprise, tell_enterprise_item
from registry.portal.error_page import page_of_error
from registry.portal.home_page import HomePage, Sample, headline
from registry.portal.item_page import tell_item, tell_items
from registry.portal.ladder_page import tell_ladder_page
from registry.portal.page import Day, Page
from registry.portal.pool_page import tell_pool
from registry.portal.run_page import tell_run, tell_runs
from registry.portal.search_page import tell_search
from registry.profiles.knowledge import Knowledge
from registry.profiles.types import Entry, Profile, Said
from tests.makers import Clause, catalogue_of
from tests.matching.small_ladder import shipped_with_small_ladder
from tests.registry.portal.import_samples import import_pages
from tests.registry.portal.layout_samples import layout_pages
from tests.registry.portal.review_samples import review_pages

ON = date(2026, 10, 31)
NOW = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
FACTS: dict[str, str | None] = {
    "place": "郑州市",
    "status": "active",
    "annual_revenue@2025": "2.3 亿元",
    "employees@2025": "286 人",
}
STORED: dict[str, int | str] = {
    "place": "410100",
    "status": "active",
    "annual_revenue@2025": 23_000_000_000,
    "employees@2025": 286,
}


def said(column: str, value: int | str, **other: object) -> Said:
    """One value by the department that owns it."""
    fields = {
        "column": column,
        "value": value,
        "department": "tax",
        "file_name": "税务局.csv",
        "observed_on": ON,
        "import_id": 1,
        "chosen": True,
    }
    return Said(**{**fields, **other})  # type: ignore[arg-type]


def entry(**fields: object) -> Entry:
    """One list entry; whatever is not said is not known."""
    nothing = dict.fromkeys(Entry.__struct_fields__)
    return Entry(**{**nothing, "file_name": "名单.xlsx", **fields})  # type: ignore[arg-type]


def profile(*entries: Entry, coverage: dict[str, date] | None = None) -> Profile:
    """A profile of some facts, these list entries, and whole lists."""
    bare = population_of_texts([FACTS], shipped_catalogue().vocabulary)
    rows = [
        {"enterprise_id": 1, **{k: getattr(e, k) for k in list(MEMBERSHIP_COLUMNS)[1:]}}
        for e in entries
    ]
    paid = [{"enterprise_id": 1, "family": "P12", "amount_cents": None, "paid_on": None}]
    return Profile(
        enterprise_id=1,
        population=Population(
            frame=bare.frame,
            memberships=pl.DataFrame(rows, schema=MEMBERSHIP_COLUMNS),
            awards=pl.DataFrame(paid, schema=AWARD_COLUMNS),
            coverage=coverage or {},
        ),
        values={column: (said(column, value),) for column, value in STORED.items()},
        entries=entries,
    )


def looked_up(
    told: Profile, catalogue: Catalogue | None = None, only: str | None = None
) -> LookedUp:
    """What looking up an enterprise of that profile gives."""
    knowledge = Knowledge(ON, NOW)
    return LookedUp(
        registered=Registered(
            enterprise_id=1, name="示例企业", uscc=None, former_names=("旧名示例企业",)
        ),
        knowledge=knowledge,
        profile=told,
        findings=findings_of(told, knowledge, catalogue or shipped_catalogue(), only),
        notices=tuple(
            InboxNotice(id=n, subject=f"通知{n}", body="正文\n第二行", created_at=NOW)
            for n in range(5)
        ),
    )


def beside() -> list[Page]:
    """Pages of one enterprise on which an item yields, two are to choose from, and one is topped up."""
    rules = {
        "more": Clause(
            condition="{fact: employees, year: 2025, at_least: 1 人}",
            amount="{highest: [{fixed: 10 万元}, {fixed: 20 万元}]}",
            more="family: M\nexclusive: [{with: less, rule: highest, earlier: full, basis: 第一条}]",
        ),
        "less": Clause(condition="{fact: employees, year: 2025, at_least: 1 人}", more="family: L"),
        "either": Clause(
            condition="{fact: employees, year: 2025, at_least: 1 人}",
            more="family: E\nexclusive: [{with: or, rule: choice, basis: 第二条, reading: 任选}]",
        ),
        "or": Clause(condition="{fact: employees, year: 2025, at_least: 1 人}", more="family: O"),
        "topped-up": Clause(
            condition="{fact: employees, year: 2025, at_least: 1 人}",
            more="family: T\nexclusive: [{with: family:T, rule: difference, basis: 第三条}]",
        ),
    }
    catalogue = catalogue_of(rules)
    paid = {f"paid:{family}": "none" for family in "MLEO"} | {"paid:T": "4 万元"}
    told = population_of_texts([FACTS | paid], catalogue.vocabulary)
    whole = msgspec.structs.replace(profile(), population=told)
    dates = Dates(day=Day(ON, of_run=False), known_on=None, today=ON)
    pages: list[Page] = [tell_enterprise(looked_up(whole, catalogue), catalogue, dates)]
    for item_id in rules:
        found = looked_up(whole, catalogue, item_id)
        page = tell_enterprise_item(found, item_id, catalogue, dates)
        assert page is not None
        pages.append(page)
    return pages


CLIMBER: dict[str, str | None] = {
    "place": "登封市",
    "status": "active",
    "above_scale": "2020-05-01..",
    "innovative_sme": "2022-05-01..2025-04-30",
    "specialized_sme": "2025-06-01..",
    "little_giant": "none",
    "annual_revenue@2025": "4600 万元",
    "annual_revenue@2023": "4000 万元",
    "total_assets@2025": "1000 万元",
}


def climbing(**changes: str | None) -> list[Page]:
    """Pages of an enterprise on its way up the small ladder."""
    catalogue = shipped_with_small_ladder()
    told = population_of_texts([CLIMBER | changes], catalogue.vocabulary)
    known = Profile(enterprise_id=1, population=told, values={}, entries=())
    knowledge = Knowledge(ON, NOW)
    found = msgspec.structs.replace(
        looked_up(known, catalogue), ladder=ladder_for(known, knowledge, catalogue)
    )
    dates = Dates(day=Day(ON, of_run=False), known_on=None, today=ON)
    page = tell_ladder_page(found, catalogue, dates)
    assert page is not None
    return [tell_enterprise(found, catalogue, dates), page]


def shown() -> Shown:
    """A run with one payable item, one for advice only, and one that is gone."""
    fields = {"met": 3, "unmet": 4, "unknown": 5, "person": 1, "endless": 1}
    fields |= {"yielded": 1, "waiting": 1}
    totals = (
        ("p13-title-award", True, None, 60_000_000, 90_000_000),
        ("p41-high-tech-income-tax", False, "条款凭记忆录入，未核对原文", 0, 0),
        ("an-item-that-is-gone", True, None, 0, 0),
    )
    return Shown(
        run=RunRecord(
            id=2,
            kind="monthly",
            period="2026-10",
            state="done",
            attempt=2,
            holder="host:1",
            as_of=ON,
            known_at=NOW,
            started_at=NOW,
            finished_at=NOW,
            previous=1,
            input_digest="a" * 64,
            rules_digest="b" * 64,
            engine_version="registry 0.1.0",
            receipt="c" * 64,
            enterprises=13,
            items=3,
            kept=4,
        ),
        previous_period="2026-09",
        entitled=3,
        entitlements=3,
        totals=tuple(
            ItemTotal(
                item_id=i, payable=p, held_back=h, certain_cents=c, possible_cents=m, **fields
            )
            for i, p, h, c, m in totals
        ),
        changes=(Counted("new", "firm_data", 2), Counted("lost", "calendar", 1)),
        deliveries=(Delivered("inbox", "delivered", 2), Delivered("email", "failed_temporary", 1)),
    )


def changes(total: int = 120) -> ChangesShown:
    """A page of changes of every kind, among many."""
    kinds = (
        ("new", None, 5),
        ("changed", 5, 7),
        ("lost", 7, None),
        ("now_unknown", 7, None),
        ("yielded", 7, None),
        ("waiting", 7, None),
    )
    return ChangesShown(
        run=shown().run,
        counts=(Counted("new", "firm_data", total),),
        rows=tuple(
            ChangeRow(
                id=n,
                enterprise_id=n,
                name=None if n else "示例企业",
                item_id="p13-title-award",
                kind=kind,
                cause="correction",
                before_low=before,
                before_high=before,
                after_low=after,
                after_high=after,
                why="登记状态属于存续" if after is None else None,
            )
            for n, (kind, before, after) in enumerate(kinds)
        ),
        total=total,
    )


def pooled(*, late: int = 0, soon: int = 0) -> Page:
    """The page of the pools: empty, or with so many late and so many due soon."""
    pools = shipped_pools()
    counted = pl.DataFrame({"enterprise_id": [1, 2], "rung": [0, 3]}).head(late + soon)
    whole = ladder(counted, pools, ON)
    flow = Flow(
        pool="giant",
        label="小巨人培育库",
        entered=1,
        recommended=2,
        waiting=1,
        recognised=1,
        ended=0,
    )
    places = tuple(
        PlaceCount(place=place, name=place or "所在区县未知", ladder=whole)
        for place in (None, "中原区")[: late + soon]
    )
    dues = tuple(
        Due(
            enterprise_id=1,
            what="annual_update" if number % 2 else "validity",
            title="little_giant",
            label="专精特新“小巨人”企业",
            day=ON,
            days=number - late,
            band=None,
            rule="RV-2026",
            mark="recalled" if number % 2 else "verified",
        )
        for number in range(late + soon)
    )
    return tell_pool(
        Counts(ladder=whole, flows=(flow,), flow_rule="口径", places=places, unsent=("创新型",)),
        Expiring(
            on=ON,
            days=180,
            rows=tuple(DueRow(due=one, name="示例企业", place=None, officer=None) for one in dues),
            late=(LateGroup(officer=None, place="中原区", late=late),) if late else (),
        ),
        NOW,
        pools.clocks.warn_days,
    )


def corrections(catalogue: Catalogue) -> list[Page]:
    """The pages of corrections: asked, open with its effect, answered and contradicted, none at all."""
    words, now = catalogue.vocabulary, datetime(2026, 10, 2, tzinfo=UTC)
    request = Request(
        id=1,
        enterprise_id=1,
        kind="fact",
        column="annual_revenue@2025",
        shown=None,
        wanted="100",
        reason="审计报告",
        department="tax",
        asked_by="李会计",
        contact=None,
        asked_at=now,
    )
    change = ItemChange(
        item_id="p13-title-award",
        title="奖励",
        before=0,
        after=1,
        before_low_cents=0,
        before_high_cents=None,
        after_low_cents=0,
        after_high_cents=None,
        pays=True,
    )
    decision = Decision(
        request_id=1,
        verdict="accepted",
        reason="一致",
        decided_by="王科长",
        decided_at=now,
        import_id=9,
    )
    paper = Evidence(file_name="报告.pdf", sha256="0" * 64, size_bytes=9)
    waiting = CorrectionShown(
        request=request, state="open", evidence=(), decision=None, still_counts=None
    )
    done = CorrectionShown(
        request=request,
        state="accepted",
        evidence=(paper,),
        decision=decision,
        still_counts=False,
    )
    who = Named(1, "示例企业")
    return [
        tell_ask(who, "annual_revenue@2025", None, catalogue, ON),
        tell_ask(who, "status", '"active"', catalogue, ON),
        tell_ask(who, "little_giant", None, catalogue, ON),
        tell_choose(who, ("annual_revenue@2025",), words),
        tell_corrections((waiting, done), {}, words, ON),
        tell_corrections((), {}, words, ON),
        tell_correction(waiting, {1: "示例企业"}, (change,), words, ON),
        tell_correction(waiting, {}, (), words, ON),
        tell_correction(done, {}, None, words, ON),
    ]


def sample_pages(catalogue: Catalogue) -> list[Page]:
    """At least one page of every kind, full and empty."""
    day, dates = Day(ON, of_run=True), Dates(day=Day(ON, of_run=False), known_on=ON, today=ON)
    told = looked_up(profile(entry(list="little_giant"), coverage={"abnormal_operation": ON}))
    one_item = tell_enterprise_item(told, "p13-title-award", catalogue, dates)
    assert one_item is not None
    empty = Profile(
        enterprise_id=1,
        population=Population(frame=pl.DataFrame({"enterprise_id": [1]})),
        values={},
        entries=(),
    )
    hit = Hit(enterprise_id=1, name="示例", uscc=None, how="former_name", score=0.2, seen="旧示例")
    nobody: tuple[State, ...] = (
        "nothing_asked",
        "too_short",
        "not_found",
        "withheld",
        "unavailable",
    )
    items = [
        tell_item(item, catalogue, day, latest)
        for item in catalogue.items[:3]
        for latest in (None, shown())
    ]
    return [
        HomePage(items=3, latest=None, samples=()),
        HomePage(items=3, latest=headline(shown()), samples=(Sample(1, "示例企业", 5),)),
        *(tell_search("无", Found(state=state), catalogue.vocabulary) for state in nobody),
        tell_search("示", Found(state="found", hits=(hit,), more=True), catalogue.vocabulary),
        *corrections(catalogue),
        *layout_pages(catalogue.vocabulary),
        tell_enterprise(told, catalogue, dates),
        tell_enterprise(looked_up(empty), catalogue, dates),
        *climbing(),
        one_item,
        tell_runs(()),
        tell_runs((shown(),)),
        tell_run(shown(), catalogue),
        tell_changes(changes(), "new", 2, catalogue),
        tell_changes(changes(0), None, 1, catalogue),
        tell_items(catalogue, day, None),
        tell_items(catalogue, day, shown()),
        *items,
        *beside(),
        pooled(),
        pooled(late=200, soon=200),
        *import_pages(),
        *review_pages(),
        page_of_error(ValueError("inside")),
    ]
