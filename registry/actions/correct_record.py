"""My record is wrong: ask for a value to be put right, see what it would change, decide, and judge anew."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

import msgspec

from matching.catalogue.load_catalogue import Catalogue
from matching.language.vocabulary import Vocabulary
from matching.runs.run_month import DATA_LOCK
from matching.runs.store import after_every_run
from matching.storage.database import engine, snapshot
from matching.storage.lock import database_lock
from registry.actions.compare_items import compared_items
from registry.actions.import_outcome import SHANGHAI
from registry.actions.look_up_enterprise import registered_as
from registry.audit.store import record
from registry.audit.types import Entry
from registry.corrections.as_if import as_if_granted
from registry.corrections.files import GivenFile, keep_files
from registry.corrections.record import recorded
from registry.corrections.store import (
    add_decision,
    add_request,
    decisions_on,
    evidence_of,
    request_of,
    requests,
)
from registry.corrections.types import (
    CorrectionRefused,
    Decision,
    EntryWish,
    ItemChange,
    Request,
    Shown,
    State,
    Verdict,
)
from registry.corrections.wanted import fact_asked, owner_of, read_value
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_profile import load_profile
from registry.profiles.types import Profile


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks for.

    column  fact[@period], or the key of a list.
    wanted  as they write it ("1,200 万元"), or how it should stand to the list.
    files   evidence; at least a reason must be given, files may be.
    """

    enterprise_id: int
    column: str
    wanted: str | EntryWish
    reason: str
    asked_by: str
    contact: str | None = None
    files: tuple[GivenFile, ...] = ()


class Verdicts(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision says, and what it was the decision on."""

    number: int
    verdict: Verdict
    reason: str
    decided_by: str


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision, and how the enterprise's items come out now that differ from before."""

    decision: Decision
    changes: tuple[ItemChange, ...]


async def ask_for_correction(
    wish: Wish, knowledge: Knowledge, catalogue: Catalogue, kept_in: Path
) -> Request:
    """Keep a wish, with its files, for the department that owns the datum.

    Raises CorrectionRefused where it cannot be read, is what counts already, or is asked already.
    """
    words = catalogue.vocabulary
    if await registered_as(wish.enterprise_id) is None:
        raise CorrectionRefused("没有这个编号的企业；请从企业页面进入")
    if not wish.reason.strip() or not wish.asked_by.strip():
        raise CorrectionRefused("请写明理由和提出人：主管部门要据此核实")
    wanted = _wanted(wish, words)
    files = await asyncio.to_thread(keep_files, wish.files, kept_in)
    async with database_lock(DATA_LOCK), engine().transaction():
        profile = await load_profile(wish.enterprise_id, knowledge, words)
        shown = _shown(profile, wish.column, knowledge.as_of, words)
        if shown == wanted:
            raise CorrectionRefused("现在采用的就是这个值，不需要更正")
        await _refuse_twice(wish, wanted)
        request = Request(
            id=0,
            enterprise_id=wish.enterprise_id,
            kind="entry" if wish.column in words.lists else "fact",
            column=wish.column,
            shown=shown,
            wanted=wanted,
            reason=wish.reason.strip(),
            department=owner_of(wish.column, words),
            asked_by=wish.asked_by.strip(),
            contact=(wish.contact or "").strip() or None,
            asked_at=knowledge.known_at,
        )
        kept = await add_request(request, files)
    return kept  # noqa: RET504  # a lock might swallow what is raised: only here it is surely kept


async def shown_now(
    enterprise_id: int, column: str, knowledge: Knowledge, vocabulary: Vocabulary
) -> str | None:
    """Give what counts now of a fact or a list, as a request keeps it; None: nothing is known.

    Raises CorrectionRefused where there is no such fact or list.
    """
    owner_of(column, vocabulary)
    async with snapshot():
        profile = await load_profile(enterprise_id, knowledge, vocabulary)
    return _shown(profile, column, knowledge.as_of, vocabulary)


async def effect_of(
    request: Request, knowledge: Knowledge, catalogue: Catalogue
) -> tuple[ItemChange, ...]:
    """Give the items that would come out, or pay, otherwise if the wish were granted; nothing is written."""
    async with snapshot():
        profile = await load_profile(request.enterprise_id, knowledge, catalogue.vocabulary)
    granted = as_if_granted(profile, request, catalogue.vocabulary)
    return await asyncio.to_thread(compared_items, profile, granted, knowledge, catalogue)


async def decide_correction(said: Verdicts, knowledge: Knowledge, catalogue: Catalogue) -> Decided:
    """Decide a request once; an accepted value counts from this moment, and the enterprise is judged anew.

    Raises CorrectionRefused where there is no such request, it is decided already, or no reason is given.
    """
    if not said.reason.strip() or not said.decided_by.strip():
        raise CorrectionRefused("请写明答复的理由和答复人：申请人会看到理由")
    words = catalogue.vocabulary
    async with database_lock(DATA_LOCK), engine().transaction():
        request = await _open_request(said.number)
        moment = await after_every_run(knowledge.known_at)
        now = Knowledge(knowledge.as_of, moment)
        before = await load_profile(request.enterprise_id, now, words)
        accepted = said.verdict == "accepted"
        import_id = await recorded(request, before, now) if accepted else None
        decision = Decision(
            request_id=request.id,
            verdict=said.verdict,
            reason=said.reason.strip(),
            decided_by=said.decided_by.strip(),
            decided_at=moment,
            import_id=import_id,
        )
        await add_decision(decision)
        after = await load_profile(request.enterprise_id, now, words)
        await record(
            Entry(
                at=moment,
                day=moment.astimezone(SHANGHAI).date(),
                who=decision.decided_by,
                action="decide_correction",
                subject_kind="correction",
                subject_id=str(request.id),
                department=request.department,
                what={"verdict": decision.verdict, "column": request.column},
            )
        )
    changes = await asyncio.to_thread(compared_items, before, after, now, catalogue)
    return Decided(decision=decision, changes=changes)


async def show_corrections(
    knowledge: Knowledge,
    vocabulary: Vocabulary,
    department: str | None = None,
    enterprise_id: int | None = None,
) -> tuple[Shown, ...]:
    """Give requests, open ones first, then the latest; of a department, of an enterprise."""
    found = await requests(department, enterprise_id)
    decided = await decisions_on([request.id for request in found])
    shown = [await _with_all(one, decided.get(one.id), knowledge, vocabulary) for one in found]
    return tuple(sorted(shown, key=lambda one: (one.state != "open", -one.request.id)))


async def show_correction(
    number: int, knowledge: Knowledge, vocabulary: Vocabulary
) -> Shown | None:
    """Give one request with all that stands beside it; None: there is none of that number."""
    request = await request_of(number)
    if request is None:
        return None
    decided = await decisions_on([number])
    return await _with_all(request, decided.get(number), knowledge, vocabulary)


async def _with_all(
    request: Request, decision: Decision | None, knowledge: Knowledge, vocabulary: Vocabulary
) -> Shown:
    still: bool | None = None
    if decision is not None and decision.import_id is not None:
        profile = await load_profile(request.enterprise_id, knowledge, vocabulary)
        still = _shown(profile, request.column, knowledge.as_of, vocabulary) == request.wanted
    state: State = "open" if decision is None else decision.verdict
    return Shown(
        request=request,
        state=state,
        evidence=await evidence_of(request.id),
        decision=decision,
        still_counts=still,
    )


def _wanted(wish: Wish, words: Vocabulary) -> str:
    """Give what is wanted as it is kept: JSON."""
    if wish.column in words.lists:
        if not isinstance(wish.wanted, EntryWish):
            raise CorrectionRefused("名录的更正要说明应不应在名录上，不是一个数值")
        return msgspec.json.encode(wish.wanted).decode()
    fact = fact_asked(wish.column, words)
    if isinstance(wish.wanted, EntryWish):
        raise CorrectionRefused(f"“{fact.label}”不是名录；请写明应是多少")
    return msgspec.json.encode(read_value(wish.wanted, fact, words)).decode()


def _shown(profile: Profile, column: str, on: date, vocabulary: Vocabulary) -> str | None:
    """Give what counts now, as it is kept in a request; None: nothing is known.

    Absence from a list counts only while the whole list is fresh, as for the engine.
    """
    said = profile.values.get(column)
    if said is not None:
        return msgspec.json.encode(said[0].value).decode()
    entries = [one for one in profile.entries if one.list == column and one.left_on is None]
    if entries:
        last = entries[-1]
        fields = {name: getattr(last, name) for name in EntryWish.__struct_fields__ if name != "on"}
        return msgspec.json.encode(EntryWish(on=True, **fields)).decode()
    day = profile.population.coverage.get(column)
    listed = vocabulary.lists.get(column)
    if day is not None and listed is not None and day + timedelta(days=listed.fresh_days) >= on:
        return msgspec.json.encode(EntryWish(on=False)).decode()
    return None


async def _refuse_twice(wish: Wish, wanted: str) -> None:
    asked = await requests(enterprise_id=wish.enterprise_id)
    decided = await decisions_on([one.id for one in asked])
    for one in asked:
        if one.id not in decided and (one.column, one.wanted) == (wish.column, wanted):
            raise CorrectionRefused(f"已经提出过同样的更正（第{one.id}号），正在等候答复")


async def _open_request(number: int) -> Request:
    request = await request_of(number)
    if request is None:
        raise CorrectionRefused(f"没有第{number}号更正申请")
    decided = (await decisions_on([number])).get(number)
    if decided is not None:
        raise CorrectionRefused(
            f"第{number}号更正申请已由{decided.decided_by}答复；有新的证明请另行提出"
        )
    return request
