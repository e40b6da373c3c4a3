"""The ladder of an enterprise in words: rungs, what is missing on each, the road to the next and what it brings."""

from collections import Counter
from datetime import date

import msgspec

from matching.catalogue.load_catalogue import Catalogue
from matching.engine.assess import NOT_APPLICABLE
from matching.engine.explain import reason_of
from matching.engine.gains import Gain
from matching.engine.ladder import Certificate, EntryState, Judged, Ladder, Road, Rung
from matching.engine.truth import MET, OPEN, PERSON, UNMET
from matching.language.items import MARKS, STANDINGS
from matching.language.wording import Words
from registry.portal.tell_amount import money_range
from registry.portal.tell_gap import MOST_SHOWN, ways_view
from registry.portal.tell_reasons import Reasons
from registry.portal.types import BADGES, SHORT_MARKS, Badge, ReasonView, Tag, WaysView

HELD, REACHED = Badge("已持有", "yes"), Badge("可达到", "yes")
BY_LIST, NO_STANDARD = Badge("凭名录认定", "inner"), Badge("当日无标准", "inner")
STATES: dict[EntryState, Tag] = {
    "held": Tag("有效", "判定日在有效期内", "firm"),
    "not_yet": Tag("未生效", "判定日还没有开始", "weak"),
    "over": Tag("已到期", "有效期已过", "weak"),
    "struck_off": Tag("已撤销或移出", "判定日已不在名录", "weak"),
    "unknown": Tag("期限不详", "名录没有写日期", "weak"),
}
ORDER = (MET, PERSON, OPEN, UNMET)
COUNTED = {MET: "满足", PERSON: "需人工", OPEN: "缺数据", UNMET: "不满足"}
MOST_GAINS = 6
MOST_SHORT = 3


class CriterionView(msgspec.Struct, frozen=True):
    """One criterion with all that came of it."""

    id: str
    article: str
    mark: Tag
    badge: Badge
    reasons: tuple[ReasonView, ...]


class CertificateView(msgspec.Struct, frozen=True):
    """One certificate: how it stands, and its days, batch and document in a line."""

    state: Tag
    detail: str


class RungView(msgspec.Struct, frozen=True, kw_only=True):
    """One title as a rung of the picture and as a part of the page.

    line      what the rung says under its name.
    bar       the looks of its criteria and how many have each, those met first: the picture of how far it is.
    counts    how many criteria came out how, in words.
    short     by how much the nearest criteria are missed, in words.
    basis     the standard that judges it, in words; empty: none.
    """

    anchor: str
    label: str
    badge: Badge
    line: str
    bar: tuple[tuple[str, int], ...]
    counts: str
    short: tuple[str, ...]
    basis: str
    certificates: tuple[CertificateView, ...] = ()
    criteria: tuple[CriterionView, ...] = ()


class GainView(msgspec.Struct, frozen=True):
    """An item the next title would bring."""

    item_id: str
    title: str
    badge: Badge
    money: str
    payable: bool


class RoadView(msgspec.Struct, frozen=True, kw_only=True):
    """The way to the next rung.

    ways    None: everything is met already, or nothing can make it so.
    reached everything is met: it may apply.
    sums    what it would bring in all, in words; empty: nothing.
    more    how many gains are not listed.
    """

    label: str
    kind: str
    basis: str
    reached: bool
    ways: WaysView | None
    gains: tuple[GainView, ...]
    sums: str
    more: int


class LadderView(msgspec.Struct, frozen=True):
    """The whole ladder.

    rungs   lowest first.
    beside  titles that are no rungs, as far as there is something to say of them.
    absent  names of the others that it surely does not hold; `unknown`: of those nobody has told of.
    """

    rungs: tuple[RungView, ...]
    beside: tuple[RungView, ...]
    road: RoadView | None
    absent: tuple[str, ...]
    unknown: tuple[str, ...]


def ladder_view(
    ladder: Ladder, catalogue: Catalogue, on: date, reasons: Reasons | None = None
) -> LadderView | None:
    """Tell a ladder; None where the catalogue has no titles.

    reasons  tells every criterion as well; None: the picture alone.
    """
    if not ladder.rungs and not ladder.beside:
        return None
    words = Words(catalogue.vocabulary, catalogue.definitions, on)

    def told(rung: Rung) -> RungView:
        criteria = () if reasons is None else _criteria(rung, words, reasons)
        return _rung(rung, criteria, words)

    bare = [one for one in ladder.beside if _silent(one)]
    return LadderView(
        rungs=tuple(map(told, ladder.rungs)),
        beside=tuple(told(one) for one in ladder.beside if not _silent(one)),
        road=None if ladder.road is None else _road(ladder.road, words),
        absent=tuple(one.tier.label for one in bare if one.held is False),
        unknown=tuple(one.tier.label for one in bare if one.held is None),
    )


def _silent(rung: Rung) -> bool:
    """Say whether there is nothing to tell of a title: never held, and no standard to look at."""
    return not rung.held and not rung.certificates and rung.standard is None


def _rung(rung: Rung, criteria: tuple[CriterionView, ...], words: Words) -> RungView:
    counts = Counter(one.verdict for one in rung.criteria)
    return RungView(
        anchor=f"t-{rung.tier.key}",
        label=rung.tier.label,
        badge=_badge(rung),
        line=_line(rung),
        bar=tuple((BADGES[code].look, counts[code]) for code in ORDER if counts[code]),
        counts="，".join(f"{COUNTED[code]}{counts[code]}条" for code in ORDER if counts[code]),
        short=_short(rung, words),
        basis=_basis(rung, words.on),
        certificates=tuple(map(_certificate, rung.certificates)),
        criteria=criteria,
    )


def _badge(rung: Rung) -> Badge:
    if rung.held:
        return HELD
    if rung.standard is None:
        return BY_LIST if rung.tier.by_list else NO_STANDARD
    if rung.verdict == NOT_APPLICABLE:
        return NO_STANDARD
    return REACHED if rung.verdict == MET else BADGES[rung.verdict]


def _line(rung: Rung) -> str:
    """Say how it stands, in one line."""
    latest = rung.certificates[0] if rung.certificates else None
    if rung.held:
        running = next((one for one in rung.certificates if one.state == "held"), latest)
        return _until(running) if running else "在名录"
    parts: list[str] = []
    if latest is not None:
        parts.append(f"曾持有：{STATES[latest.state].word}")
    elif rung.held is None:
        parts.append("是否持有不详")
    if rung.criteria:
        missing = len(rung.criteria) - rung.met
        parts.append(f"{len(rung.criteria)}条中已满足{rung.met}条" if missing else "条件都已满足")
    if not rung.settled:
        parts.append("所在地不详，可能另有地方标准")
    return "；".join(parts)


def _short(rung: Rung, words: Words) -> tuple[str, ...]:
    """Say by how much criteria are missed, where that can be said in a figure."""
    if rung.held:
        return ()
    missed = [
        reason_of(one.criterion.condition, one.trace, words)
        for one in rung.criteria
        if one.verdict == UNMET
    ]
    told = [f"{reason.sentence}，{reason.distance}" for reason in missed if reason.distance]
    return tuple(told[:MOST_SHORT])


def _until(one: Certificate) -> str:
    if one.until_on is None:
        return f"自{one.from_on}" if one.from_on else "有效期不详"
    return f"有效至{one.until_on}{'（按年限推算）' if one.reckoned else ''}"


def _certificate(one: Certificate) -> CertificateView:
    days = f"{one.from_on or '起始日不详'} 至 {one.until_on or '未写到期日'}"
    if one.reckoned:
        days += "（按年限推算）"
    if one.left_on is not None:
        days += f"，{one.left_on}移出或撤销"
    detail = " · ".join(filter(None, (one.level, one.batch, one.document, days)))
    return CertificateView(STATES[one.state], detail)


def _basis(rung: Rung, on: date) -> str:
    """Say by which text it is judged, and what keeps that text from being relied on."""
    standard = rung.standard
    if standard is None:
        return ""
    document = standard.document
    said = f"按{rung.kind}判定：{document.number}{document.article}（{standard.version}）"
    if standard.mark != "verified":
        said += f"，{MARKS[standard.mark]}"
    if standard.review_by is not None and on > standard.review_by:
        said += f"，{STANDINGS['review_overdue']}"
    return said


def _criteria(rung: Rung, words: Words, reasons: Reasons) -> tuple[CriterionView, ...]:
    return tuple(_criterion(one, words, reasons) for one in rung.criteria)


def _criterion(one: Judged, words: Words, reasons: Reasons) -> CriterionView:
    asked = one.criterion
    reason = reason_of(asked.condition, one.trace, words)
    look = "firm" if asked.mark == "verified" else "weak"
    return CriterionView(
        id=asked.id,
        article=asked.article,
        mark=Tag(SHORT_MARKS[asked.mark], MARKS[asked.mark], look),
        badge=BADGES[one.verdict],
        reasons=reasons.of_condition(asked.condition, reason)
        if one.verdict != MET
        else tuple(
            msgspec.structs.replace(view, parts=())
            for view in reasons.of_condition(asked.condition, reason)
        ),
    )


def _road(road: Road, words: Words) -> RoadView:
    rung = road.rung
    shown = road.gains[:MOST_GAINS]
    return RoadView(
        label=rung.tier.label,
        kind=rung.kind,
        basis=_basis(rung, words.on),
        reached=road.gaps.verdict == MET,
        ways=ways_view(road.gaps, words, MOST_SHOWN),
        gains=tuple(map(_gain, shown)),
        sums=_sums(road.gains),
        more=len(road.gains) - len(shown),
    )


def _gain(gain: Gain) -> GainView:
    nothing = gain.low_cents == 0 and gain.high_cents == 0
    money = "" if nothing else money_range(gain.low_cents, gain.high_cents)
    return GainView(gain.item_id, gain.title, BADGES[gain.after], money, gain.payable)


def _sums(gains: tuple[Gain, ...]) -> str:
    """Say how many items come out better, and what those that may be paid come to."""
    if not gains:
        return ""
    surely = sum(one.after == MET for one in gains)
    said = [f"{surely}项变为符合"] if surely else []
    said += [f"{len(gains) - surely}项可能符合"] if len(gains) > surely else []
    paid = [one for one in gains if one.payable]
    low = sum(one.low_cents for one in paid)
    high = None
    if all(one.high_cents is not None for one in paid):
        high = sum(one.high_cents or 0 for one in paid)
    if paid and (low or high is None or high):
        said.append(f"其中可兑付的合计{money_range(low, high)}（不能兼得的没有扣除）")
    return "，".join(said)
