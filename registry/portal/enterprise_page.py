"""The page of an enterprise, told from what was looked up: no database, no clock, no web."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.option import Option
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.wording import Words
from registry.actions.look_up_enterprise import Finding, LookedUp
from registry.portal.enterprise_head import Dates, Head, head_of
from registry.portal.page import Day, Page
from registry.portal.tell_amount import amount_for
from registry.portal.tell_data import AWARDS, Data
from registry.portal.tell_exclusive import (
    ExclusiveView,
    RowView,
    exclusive_views,
    option_view,
    row_views,
)
from registry.portal.tell_gap import MOST_AMONG_ALL, MOST_SHOWN, can_be_done, ways_view
from registry.portal.tell_ladder import LadderView, ladder_view
from registry.portal.tell_reasons import Reasons
from registry.portal.tell_records import LedgerView
from registry.portal.tell_sums import money_of
from registry.portal.types import (
    BADGES,
    AbsenceView,
    AwardView,
    CommonView,
    DatumView,
    FactGroup,
    ItemGroup,
    ItemView,
    MissingView,
    Money,
    NoticeView,
    SourceView,
    Tile,
    TitleView,
    WaysView,
    version_tag,
)

CERTAINTY = (MET, OPEN, PERSON, UNMET)
"""Surely; perhaps, with a datum; perhaps, with a person's word; not."""

EXPLAINED = {
    MET: "条件全部满足",
    OPEN: "现有数据不能判定，不等于不符合",
    PERSON: "数据条件已满足，还需主管部门认定",
    UNMET: "至少一个条件确定不满足",
}
FAR = {
    UNMET: ("其他地区的事项", "企业不在适用地区，其余条件不在这里逐条列出"),
    OPEN: ("不知道所在区县，还不能判定的事项", "先要知道企业在哪个区县"),
}


class EnterprisePage(Page, frozen=True, kw_only=True):
    """All that enterprise.html may use.

    known_on   what arrived later does not count; None: everything known now.
    far        items of areas it does not lie in, or nobody knows whether it does: rows without reasons.
    merged_from  the number the visitor asked for, judged to be this enterprise.
    awards_on  day up to which the ledger of awards is whole; None: it is not.
    """

    template: ClassVar[str] = "enterprise.html"

    head: Head
    day: Day
    known_on: date | None
    today: date
    money: Money
    tiles: tuple[Tile, ...]
    groups: tuple[ItemGroup, ...]
    far: tuple[ItemGroup, ...]
    common: tuple[CommonView, ...]
    missing: tuple[MissingView, ...]
    facts: tuple[FactGroup, ...]
    files: tuple[SourceView, ...]
    titles: tuple[TitleView, ...]
    absences: tuple[AbsenceView, ...]
    awards: tuple[AwardView, ...]
    awards_on: date | None
    ledgers: tuple[LedgerView, ...]
    notices: tuple[NoticeView, ...]
    ladder: LadderView | None
    merged_from: int | None = None


class EnterpriseItemPage(Page, frozen=True, kw_only=True):
    """All that enterprise_item.html may use; `data` are those of the enterprise that the item reads."""

    template: ClassVar[str] = "enterprise_item.html"

    head: Head
    day: Day
    known_on: date | None
    item: ItemView
    exclusive: tuple[ExclusiveView, ...]
    rows: tuple[RowView, ...]
    missing: tuple[MissingView, ...]
    data: tuple[DatumView, ...]


def tell_enterprise(found: LookedUp, catalogue: Catalogue, dates: Dates) -> EnterprisePage:
    """Tell everything about one enterprise."""
    data = Data(found.profile, catalogue.vocabulary, dates.day.on)
    reasons = Reasons(data, catalogue, share=True)
    groups, far = _groups(found.findings, reasons, dates.day.on)
    return EnterprisePage(
        head=head_of(found, data, catalogue),
        day=dates.day,
        known_on=dates.known_on,
        today=dates.today,
        money=money_of(found.findings),
        tiles=_tiles(found.findings, (*groups, *far)),
        groups=groups,
        far=far,
        common=reasons.common,
        missing=_missing(found.findings, reasons, data),
        facts=data.groups(),
        files=data.files(),
        titles=data.titles(),
        absences=data.absences(),
        awards=data.awards(),
        awards_on=data.coverage.get(AWARDS),
        ledgers=data.counted.ledgers(),
        notices=tuple(
            NoticeView(subject=notice.subject, body=notice.body, created_at=notice.created_at)
            for notice in found.notices
        ),
        ladder=ladder_view(found.ladder, catalogue, dates.day.on) if found.ladder else None,
    )


def tell_enterprise_item(
    found: LookedUp, item_id: str, catalogue: Catalogue, dates: Dates
) -> EnterpriseItemPage | None:
    """Tell one item of an enterprise with every condition; None where the day knows no such item."""
    finding = next((one for one in found.findings if one.item.id == item_id), None)
    if finding is None:
        return None
    data = Data(found.profile, catalogue.vocabulary, dates.day.on)
    reasons = Reasons(data, catalogue, share=False)
    view = _item(finding, reasons, dates.day.on, _options(found.findings))
    return EnterpriseItemPage(
        head=head_of(found, data, catalogue),
        day=dates.day,
        known_on=dates.known_on,
        item=view,
        exclusive=exclusive_views(finding.item, catalogue),
        rows=row_views(finding.item, finding.rows, catalogue, dates.day.on),
        missing=_missing((finding,), reasons, data),
        data=data.used(finding.explanation.reason.columns),
    )


def _rank(finding: Finding) -> tuple[int, bool, int, str]:
    told = finding.explanation
    most = told.low_cents if told.high_cents is None else told.high_cents
    return CERTAINTY.index(told.verdict), not finding.payable.allowed, -most, finding.item.id


def _groups(
    findings: Sequence[Finding], reasons: Reasons, on: date
) -> tuple[tuple[ItemGroup, ...], tuple[ItemGroup, ...]]:
    """Give the items by verdict, and apart from them those that fail or wait on the place alone."""
    near: dict[int, list[ItemView]] = {code: [] for code in CERTAINTY}
    far: dict[int, list[ItemView]] = {code: [] for code in FAR}
    options = _options(findings)
    for finding in sorted(findings, key=_rank):
        place = _place_verdict(finding, reasons.catalogue)
        if place in far:
            far[place].append(_item(finding, reasons, on, options, told_why=False))
        else:
            near[finding.explanation.verdict].append(_item(finding, reasons, on, options))
    groups = [
        ItemGroup(
            anchor=f"v-{BADGES[code].look}",
            badge=BADGES[code],
            heading="",
            explained=EXPLAINED[code],
            items=tuple(items),
        )
        for code, items in near.items()
        if items
    ]
    apart = [
        ItemGroup(
            anchor=f"far-{BADGES[code].look}",
            badge=BADGES[code],
            heading=FAR[code][0],
            explained=FAR[code][1],
            items=tuple(items),
        )
        for code, items in far.items()
        if items
    ]
    return tuple(groups), tuple(apart)


def _options(findings: Sequence[Finding]) -> dict[str, Option]:
    """Give how the items stand to each other, by id."""
    return {one.item.id: one.option for one in findings if one.option is not None}


def _item(
    finding: Finding,
    reasons: Reasons,
    on: date,
    options: dict[str, Option],
    *,
    told_why: bool = True,
) -> ItemView:
    item, told = finding.item, finding.explanation
    full = told.low_cents, told.high_cents
    return ItemView(
        item_id=item.id,
        title=item.title,
        basis=item.document.number,
        badge=BADGES[told.verdict],
        mark=version_tag(item, item.standing(on)),
        amount=amount_for(item.amount, told),
        held_back=finding.payable.reason if told.verdict != UNMET else "",
        lacking=reasons.lacking(told.missing),
        amount_lacking=reasons.lacking(told.amount_missing),
        reasons=reasons.of_item(item, told.reason) if told_why else (),
        option=option_view(finding.option, options, full, reasons.catalogue),
        ways=_ways(finding, reasons, on) if told_why else None,
    )


def _ways(finding: Finding, reasons: Reasons, on: date) -> WaysView | None:
    """Tell what would make an item met.

    Among all items only where somebody can do more than tell or judge: that stands beside each condition.
    """
    if finding.explanation.verdict not in (OPEN, UNMET):
        return None
    if reasons.share and not can_be_done(finding.gaps):
        return None
    catalogue, day = reasons.catalogue, finding.item.evidence(on)
    most = MOST_AMONG_ALL if reasons.share else MOST_SHOWN
    words = Words(catalogue.vocabulary, catalogue.definitions, day)
    return ways_view(finding.gaps, words, most)


def _place_verdict(finding: Finding, catalogue: Catalogue) -> int:
    """Say whether the enterprise lies in the item's area; the nation holds everybody."""
    if finding.item.area == catalogue.vocabulary.places.root:
        return MET
    return finding.explanation.reason.parts[0].verdict


def _tiles(findings: Sequence[Finding], groups: Sequence[ItemGroup]) -> tuple[Tile, ...]:
    counts = Counter(finding.explanation.verdict for finding in findings)
    anchors = {group.badge.look: group.anchor for group in reversed(groups)}
    return tuple(
        Tile(BADGES[code], counts[code], EXPLAINED[code], anchors.get(BADGES[code].look, ""))
        for code in CERTAINTY
    )


def _missing(findings: Sequence[Finding], reasons: Reasons, data: Data) -> tuple[MissingView, ...]:
    """Give every missing datum, first the one that leaves most items open; some leave none open."""
    waits = Counter(
        name
        for finding in findings
        for name in {*finding.explanation.missing, *finding.explanation.amount_missing}
    )
    views = [
        MissingView(
            anchor=ref.anchor,
            label=ref.text,
            owner=data.owner(name),
            ask=data.ask(name),
            open_items=waits[name],
            stale=data.stale(name),
        )
        for name, ref in reasons.missing.items()
    ]
    return tuple(sorted(views, key=lambda view: (-view.open_items, view.label)))
