"""The two lists every city must publish, generated from the rules: the policy list and the guide list.

Every version stands in both, with its standing and its mark: drafts, expired and invented ones say so.
"""

from datetime import date

import msgspec

from matching.catalogue.data_sources import FEEDS, data_sources
from matching.catalogue.load_catalogue import Catalogue
from matching.engine.match import payable, whole_condition
from matching.language.data_names import DataNames
from matching.language.items import MARKS, REPEATS, STANDINGS, Days, Item
from matching.language.wording import Words

NO_GUIDE = "没有办事指南"


class PolicyEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the policy list (政策清单), in words for people.

    held_back  why meeting it is no entitlement; empty where it is one.
    """

    item_id: str
    policy: str
    title: str
    version: str
    standing: str
    held_back: str
    document_number: str
    document_title: str
    issuer: str
    article: str
    issued_on: str
    source: str
    mark: str
    area: str
    department: str
    phone: str
    valid_from: str
    valid_until: str
    repeat: str
    condition: str
    amount: str


class GuideEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the guide list (办事指南清单), in words for people.

    data  what is compared and where it comes from: 营业收入（税务局，向部门调取).
    """

    item_id: str
    title: str
    standing: str
    who: str
    what: str
    when: str
    where: str
    materials: tuple[str, ...]
    department: str
    phone: str
    data: tuple[str, ...]


class PublicLists(msgspec.Struct, frozen=True):
    """Both lists as of a day."""

    as_of: date
    policies: tuple[PolicyEntry, ...]
    guides: tuple[GuideEntry, ...]


def public_lists(catalogue: Catalogue, on: date) -> PublicLists:
    """Give both lists, item by item in the order of their ids."""
    return PublicLists(
        on,
        tuple(policy_entry(item, catalogue, on) for item in catalogue.items),
        tuple(guide_entry(item, catalogue, on) for item in catalogue.items),
    )


def policy_entry(item: Item, catalogue: Catalogue, on: date) -> PolicyEntry:
    """Give the line of one version in the policy list."""
    words = Words(catalogue.vocabulary, catalogue.definitions, item.evidence(on))
    places, document = catalogue.vocabulary.places, item.document
    whole = whole_condition(item, places.root)
    return PolicyEntry(
        item_id=item.id,
        policy=item.policy,
        title=item.title,
        version=item.version,
        standing=STANDINGS[item.standing(on)],
        held_back=payable(item, on).reason,
        document_number=document.number,
        document_title=document.title or document.number,
        issuer=document.issuer,
        article=document.article,
        issued_on=document.issued_on.isoformat() if document.issued_on else "未载明",
        source=document.source or "未读到原文",
        mark=MARKS[item.mark],
        area="全国" if item.area == places.root else places.name(item.area),
        department=catalogue.vocabulary.departments[item.department],
        phone=item.phone or "未载明",
        valid_from=item.valid.since.isoformat(),
        valid_until=_last_day(item.valid),
        repeat=REPEATS[item.repeat],
        condition=words.condition(whole),
        amount=words.amount(item.amount),
    )


def guide_entry(item: Item, catalogue: Catalogue, on: date) -> GuideEntry:
    """Give the line of one version in the guide list; an item without a guide says that it has none."""
    guide = item.guide
    return GuideEntry(
        item_id=item.id,
        title=item.title,
        standing=STANDINGS[item.standing(on)],
        who=guide.who if guide else NO_GUIDE,
        what=guide.what if guide else NO_GUIDE,
        when=guide.when if guide else NO_GUIDE,
        where=guide.where if guide else NO_GUIDE,
        materials=guide.materials if guide else (NO_GUIDE,),
        department=catalogue.vocabulary.departments[item.department],
        phone=item.phone or "未载明",
        data=data_in_words(item, catalogue),
    )


def data_in_words(item: Item, catalogue: Catalogue) -> tuple[str, ...]:
    """Say each datum an item reads, its department and how it reaches us."""
    names, departments = DataNames(catalogue.vocabulary), catalogue.vocabulary.departments
    return tuple(
        f"{names.label(source.name)}（{departments[source.department]}，{FEEDS[source.feed]}）"
        for source in data_sources(item, catalogue)
    )


def _last_day(days: Days) -> str:
    return days.until.isoformat() if days.until else "文件未写截止日"
