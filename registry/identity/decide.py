"""What one decision about one subject may be, given all that was judged before. Pure."""

from datetime import datetime

import msgspec
import polars as pl

from registry.identity.identities import identities_of
from registry.identity.types import Judgement, Verdict


class IdentityRefused(ValueError):
    """A decision that cannot stand; says why, and the way out."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as somebody makes it.

    enterprise_id  whom it is, or is not; None only where the verdict is "apart".
    """

    verdict: Verdict
    enterprise_id: int | None
    reason: str
    by: str
    moment: datetime


def decided(subject_id: int, said: Said, judgements: pl.DataFrame) -> Judgement:
    """Give the judgement to be added; raises IdentityRefused.

    An enterprise merged away stands for the one it is now. judgements: columns of JUDGEMENTS.
    """
    if not said.by.strip() or not said.reason.strip():
        raise IdentityRefused("认定要写明由谁认定、依据什么：以后撤销或核对要看")
    now = dict(identities_of(judgements).iter_rows())
    whom = said.enterprise_id
    if whom is not None:
        whom = now.get(whom, whom)
    _refuse_what_is_so(subject_id, said.verdict, whom, now, judgements)
    return Judgement(
        subject_id=subject_id,
        verdict=said.verdict,
        enterprise_id=None if said.verdict == "apart" else whom,
        reason=said.reason.strip(),
        decided_by=said.by.strip(),
        recorded_at=said.moment,
    )


def taking_back(subject_id: int, said: Said, judgements: pl.DataFrame) -> Judgement:
    """Give the judgement that takes the newest one about a subject back: it is again whom it was before.

    said  its verdict and enterprise do not matter. Raises IdentityRefused where nothing was judged.
    """
    own = judgements.filter(pl.col("subject_id") == subject_id).sort("id")
    if own.is_empty():
        raise IdentityRefused("这一条还没有认定过，没有可撤销的")
    earlier = judgements.filter(pl.col("id") != own["id"].max())
    before = dict(identities_of(earlier).iter_rows()).get(subject_id)
    verdict: Verdict = "apart" if before is None else "same"
    if own["verdict"].to_list()[-1] == verdict == "apart" and own.height == 1:
        raise IdentityRefused("搁置没有改变任何数据；要认定请直接作出认定")
    again = msgspec.structs.replace(said, verdict=verdict, enterprise_id=before)
    return Judgement(
        subject_id=subject_id,
        verdict=again.verdict,
        enterprise_id=again.enterprise_id,
        reason=again.reason,
        decided_by=again.by,
        recorded_at=again.moment,
    )


def _refuse_what_is_so(
    subject_id: int,
    verdict: Verdict,
    whom: int | None,
    now: dict[int, int],
    judgements: pl.DataFrame,
) -> None:
    if verdict == "apart":
        if subject_id > 0 and subject_id not in now:
            raise IdentityRefused("这家企业没有并入别家，不需要拆开")
        return
    if whom is None:
        raise IdentityRefused("要写明认定为（或不是）哪一家企业")
    if whom == subject_id:
        raise IdentityRefused(
            "认定会绕成一圈：对方已认定为本企业的一部分；如要以对方为准，先把对方拆开"
        )
    if verdict == "same" and now.get(subject_id) == whom:
        raise IdentityRefused("已经认定为这家企业，没有重复认定")
    if verdict == "different" and _is_denied(subject_id, whom, judgements):
        raise IdentityRefused("已经认定不是这家企业，没有重复认定")


def _is_denied(subject_id: int, whom: int, judgements: pl.DataFrame) -> bool:
    about = judgements.filter(
        pl.col("subject_id") == subject_id,
        (pl.col("enterprise_id") == whom) | (pl.col("verdict") == "apart"),
    )
    return about.height > 0 and about.sort("id")["verdict"].to_list()[-1] == "different"
