"""Say who somebody is: one enterprise, another, nobody's, a new one; merge two, split them again, take it back."""

import asyncio
import hashlib
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.runs.run_month import DATA_LOCK
from matching.runs.store import after_every_run
from matching.storage.database import engine
from matching.storage.lock import database_lock
from registry.actions.compare_items import compared_items
from registry.actions.import_outcome import SHANGHAI
from registry.actions.rehearse import rehearsal
from registry.actions.review_queue import Waiting, waiting_now
from registry.audit.store import record
from registry.audit.types import Entry
from registry.corrections.types import ItemChange
from registry.enterprises.codes import code_problem, compact_codes, valid_codes
from registry.enterprises.store import create_enterprises, enterprises_by_code, present_names
from registry.identity.decide import IdentityRefused, Said, decided, taking_back
from registry.identity.identities import identities_of
from registry.identity.review import alike
from registry.identity.store import add_judgements, all_judgements, created_by, stand_ins
from registry.identity.types import Judgement
from registry.imports.store import (
    Taken,
    UndoneImport,
    add_import,
    add_undone,
    import_by,
    reserve_import,
)
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_profile import load_profile
from registry.profiles.types import Profile

A_MOMENT = timedelta(microseconds=1)

LAYOUT = "review"
"""The layout of imports that are enterprises made in the review; no sheet has it."""

Choice = Literal["same", "different", "apart", "create", "take_back"]
"""`create`: it is an enterprise nobody has named yet. `take_back`: the newest judgement about it is not to stand."""


class Deciding(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decides about a subject.

    enterprise_id  whom it is or is not; None where the choice names nobody.
    uscc           create: its code, where the person knows it.
    all_alike      the same for every stand-in in the identical situation.
    """

    subject_id: int
    choice: Choice
    by: str
    reason: str
    now: datetime
    enterprise_id: int | None = None
    uscc: str | None = None
    all_alike: bool = False


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """How the items of an enterprise come out now that came out otherwise before.

    state  "there": before and after. "gone": it is another one now. "new": it stands for itself now.
    """

    enterprise_id: int
    name: str
    state: Literal["there", "gone", "new"]
    changes: tuple[ItemChange, ...]


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided; `enterprise_id`: whom the subjects are now, None: nobody else."""

    subjects: tuple[int, ...]
    judgements: tuple[Judgement, ...]
    enterprise_id: int | None
    effects: tuple[Effect, ...]


async def judge(asked: Deciding, as_of: date, catalogue: Catalogue) -> Judged:
    """Decide, in one transaction, at a moment no run has counted up to; raises IdentityRefused."""
    async with database_lock(DATA_LOCK), engine().transaction():
        done, sides = await _judged(asked, as_of, catalogue)
        await _note(asked, done)
    effects = await _effects(sides, catalogue)
    return msgspec.structs.replace(done, effects=effects)


async def _note(asked: Deciding, done: Judged) -> None:
    """Tell the audit: one deed, however many are in the identical situation."""
    first = done.judgements[0]
    await record(
        Entry(
            at=first.recorded_at,
            day=first.recorded_at.astimezone(SHANGHAI).date(),
            who=first.decided_by,
            action="judge_identity",
            subject_kind="subject",
            subject_id=str(asked.subject_id),
            what={
                "verdict": first.verdict,
                "enterprise_id": first.enterprise_id,
                "subjects": list(done.subjects),
                "reason": first.reason,
            },
        )
    )


async def judge_for_show(asked: Deciding, as_of: date, catalogue: Catalogue) -> Judged:
    """Say what a decision would change, and change nothing; raises IdentityRefused."""
    refused: IdentityRefused | None = None
    async with rehearsal():
        try:
            done, sides = await _judged(asked, as_of, catalogue)
        except IdentityRefused as why:
            refused = why
    if refused is not None:
        raise refused
    return msgspec.structs.replace(done, effects=await _effects(sides, catalogue))


class _Side(msgspec.Struct, frozen=True, kw_only=True):
    """An enterprise a decision bears on, before and after; None: it was, or is, another one."""

    enterprise_id: int
    name: str
    before: Profile | None
    after: Profile | None
    knowledge: Knowledge


async def _judged(
    asked: Deciding, as_of: date, catalogue: Catalogue
) -> tuple[Judged, tuple[_Side, ...]]:
    moment = await after_every_run(asked.now)
    judgements = await all_judgements()
    subjects = await _subjects(asked)
    own = judgements.filter(pl.col("subject_id").is_in(subjects))["recorded_at"].max()
    if isinstance(own, datetime):
        moment = max(moment, own + A_MOMENT)
    whom = asked.enterprise_id
    if asked.choice == "create":
        whom = await _created(asked, moment)
    elif whom is not None and (await present_names(pl.Series([whom]))).is_empty():
        raise IdentityRefused(f"没有编号为{whom}的企业；用 registry 首页查找，或核对代码")
    added = tuple(_judgement(one, whom, asked, moment, judgements) for one in subjects)
    if asked.choice == "take_back":
        await _take_back_creation(asked, moment, judgements)
    await add_judgements(added)
    before = dict(identities_of(judgements).iter_rows())
    now = dict(identities_of(await all_judgements()).iter_rows())
    sides = await _sides(subjects, added, (before, now), Knowledge(as_of, moment), catalogue)
    done = Judged(
        subjects=tuple(subjects),
        judgements=added,
        enterprise_id=now.get(asked.subject_id),
        effects=(),
    )
    return done, sides


async def _subjects(asked: Deciding) -> list[int]:
    """Give whom the decision is about, and everybody in the identical situation where that is asked."""
    number = pl.Series([asked.subject_id])
    there = await (stand_ins(number) if asked.subject_id < 0 else present_names(number))
    if there.is_empty():
        raise IdentityRefused(f"没有编号为{asked.subject_id}的待认定记录或企业")
    if not asked.all_alike or asked.subject_id > 0 or asked.choice == "take_back":
        return [asked.subject_id]
    waiting: Waiting = await waiting_now()
    return alike(waiting.cases, asked.subject_id)


def _judgement(
    subject: int, whom: int | None, asked: Deciding, moment: datetime, judgements: pl.DataFrame
) -> Judgement:
    verdict = asked.choice if asked.choice in ("different", "apart") else "same"
    said = Said(
        verdict=verdict,
        enterprise_id=whom,
        reason=asked.reason,
        by=asked.by,
        moment=moment,
    )
    if asked.choice == "take_back":
        if not asked.by.strip() or not asked.reason.strip():
            raise IdentityRefused("撤销认定要写明由谁撤销、为什么")
        return taking_back(subject, said, judgements)
    return decided(subject, said, judgements)


async def _created(asked: Deciding, moment: datetime) -> int:
    """Make an enterprise out of a stand-in, under an import of its own: it is known from this moment on."""
    if asked.subject_id > 0:
        raise IdentityRefused("只有待认定的记录可以新建为企业")
    if not asked.reason.strip() or not asked.by.strip():
        raise IdentityRefused("新建企业要写明由谁认定、依据什么")
    uscc = await _new_code(asked.uscc)
    stand_in = (await stand_ins(pl.Series([asked.subject_id]))).row(0, named=True)
    first = await import_by(stand_in["import_id"])
    if first is None:
        raise IdentityRefused("送来这条记录的导入已不在，不能据以新建企业")
    import_id = await reserve_import()
    said = (asked.subject_id, asked.reason, asked.by, moment.isoformat())
    await add_import(
        Taken(
            id=import_id,
            file_name=f"认定新建：{stand_in['name']}"[:255],
            sha256=hashlib.sha256(msgspec.json.encode(said)).hexdigest(),
            layout=LAYOUT,
            department=stand_in["department"],
            observed_on=first.observed_on,
            recorded_at=moment,
            rows_read=1,
            rows_taken=1,
            rows_refused=0,
        )
    )
    newcomer = pl.DataFrame(
        {"uscc": [uscc], "name": [stand_in["name"]], "name_key": [stand_in["name_key"]]},
        {"uscc": pl.String, "name": pl.String, "name_key": pl.String},
    )
    made = await create_enterprises(newcomer, first.observed_on, import_id)
    number: int = made["enterprise_id"][0]
    return number


async def _new_code(text: str | None) -> str | None:
    """Give a code nobody has yet; None where none is given."""
    if text is None or not text.strip():
        return None
    code, valid = (
        pl.DataFrame({"code": [text]})
        .select(compact_codes(pl.col("code")))
        .select("code", valid=valid_codes(pl.col("code")))
        .row(0)
    )
    if not valid:
        raise IdentityRefused("代码" + "；".join(code_problem(code or text)))
    bearer = await enterprises_by_code(pl.Series([code]))
    if bearer.height:
        names = await present_names(bearer["enterprise_id"])
        raise IdentityRefused(
            f"代码{code}已是“{names['name'][0]}”的（编号{names['enterprise_id'][0]}），"
            "没有新建；应认定为同一家"
        )
    return str(code)


async def _take_back_creation(asked: Deciding, moment: datetime, judgements: pl.DataFrame) -> None:
    """Take back the enterprise the newest judgement made, where nobody else is it and no sheet has named it since."""
    whom = identities_of(judgements).filter(pl.col("subject_id") == asked.subject_id)
    if whom.is_empty():
        return
    enterprise_id = whom["enterprise_id"][0]
    others = identities_of(judgements).filter(pl.col("enterprise_id") == enterprise_id)
    made = await created_by(enterprise_id)
    if others.height == 1 and made is not None and made[1] == LAYOUT:
        undone = UndoneImport(undone_at=moment, undone_by=asked.by, reason=asked.reason)
        await add_undone(made[0], undone)


async def _sides(
    subjects: list[int],
    added: tuple[Judgement, ...],
    identities: tuple[dict[int, int], dict[int, int]],
    knowledge: Knowledge,
    catalogue: Catalogue,
) -> tuple[_Side, ...]:
    """Read the profiles of everybody the decision bears on, as they were and as they are."""
    before, now = identities
    touched = {one for one in subjects if one > 0}
    touched |= {one[subject] for one in identities for subject in subjects if subject in one}
    names = dict((await present_names(pl.Series(sorted(touched), dtype=pl.Int64))).iter_rows())
    earlier = Knowledge(knowledge.as_of, added[0].recorded_at - A_MOMENT)
    words = catalogue.vocabulary
    return tuple(
        [
            _Side(
                enterprise_id=one,
                name=names[one],
                before=None if one in before else await load_profile(one, earlier, words),
                after=None if one in now else await load_profile(one, knowledge, words),
                knowledge=knowledge,
            )
            for one in sorted(touched)
        ]
    )


async def _effects(sides: tuple[_Side, ...], catalogue: Catalogue) -> tuple[Effect, ...]:
    return tuple([await asyncio.to_thread(_effect, side, catalogue) for side in sides])


def _effect(side: _Side, catalogue: Catalogue) -> Effect:
    changes: tuple[ItemChange, ...] = ()
    if side.before is not None and side.after is not None:
        changes = compared_items(side.before, side.after, side.knowledge, catalogue)
    return Effect(
        enterprise_id=side.enterprise_id,
        name=side.name,
        state="gone" if side.after is None else "new" if side.before is None else "there",
        changes=changes,
    )
