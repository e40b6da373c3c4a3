"""Relations between enterprises: record, list, withdraw; a merged or split enterprise's successor inherits by them."""

from datetime import datetime

import msgspec
import polars as pl

from matching.language.vocabulary import Vocabulary
from matching.runs.run_month import DATA_LOCK
from matching.runs.store import after_every_run
from matching.storage.database import engine
from matching.storage.lock import database_lock
from registry.enterprises.store import present_names
from registry.identity.relation_store import KINDS, Relation, add_relations, relations_known

_NEEDS_OTHER = ("merged_into", "split_from", "controls", "group_member")
WHOLE_BP = 10_000


class RelationRefused(ValueError):
    """A relation that cannot stand; says why, and the way out."""


class RelationShown(msgspec.Struct, frozen=True, kw_only=True):
    """A relation in the record; `withdrawn`: a later row took it back."""

    id: int
    relation: Relation
    enterprise: str
    other: str | None
    withdrawn: bool


async def relate(relation: Relation, vocabulary: Vocabulary) -> int:
    """Record a relation at a moment no run has counted up to; gives its number. Raises RelationRefused."""
    async with database_lock(DATA_LOCK), engine().transaction():
        moment = await after_every_run(relation.recorded_at)
        known = await relations_known(moment)
        await _refuse(relation, known, vocabulary)
        await add_relations([msgspec.structs.replace(relation, recorded_at=moment)])
        number = int((await relations_known(moment))["id"].to_list()[-1])
    return number  # noqa: RET504  # a lock might swallow what is raised: only here it is surely kept


async def withdraw(number: int, by: str, reason: str, now: datetime) -> None:
    """Say that a relation is not to stand, from now on; raises RelationRefused."""
    if not by.strip() or not reason.strip():
        raise RelationRefused("撤回要写明由谁撤回、为什么")
    async with database_lock(DATA_LOCK), engine().transaction():
        moment = await after_every_run(now)
        known = await relations_known(moment)
        found = known.filter(pl.col("id") == number, pl.col("kind") != "withdrawn")
        if found.is_empty():
            raise RelationRefused(f"没有第{number}号关系；用 registry relations list 查看有哪些")
        if (known["withdraws"] == number).any():
            raise RelationRefused(f"第{number}号关系已经撤回，没有再次撤回")
        one = found.row(0, named=True)
        taken_back = Relation(
            enterprise_id=one["enterprise_id"],
            kind="withdrawn",
            withdraws=number,
            effective_on=one["effective_on"],
            document=reason.strip(),
            recorded_by=by.strip(),
            recorded_at=moment,
        )
        await add_relations([taken_back])


async def list_relations(
    now: datetime, enterprise_id: int | None = None
) -> tuple[RelationShown, ...]:
    """Give the relations recorded, the newest first; of one enterprise, those it stands in on either side."""
    known = await relations_known(now)
    withdrawn = set(known["withdraws"].drop_nulls())
    shown = known.filter(pl.col("kind") != "withdrawn").sort("id", descending=True)
    if enterprise_id is not None:
        sides = pl.any_horizontal(pl.col("enterprise_id", "other_id") == enterprise_id)
        shown = shown.filter(sides)
    ids = pl.concat([shown["enterprise_id"], shown["other_id"].alias("enterprise_id")])
    names = dict((await present_names(ids.drop_nulls())).iter_rows())
    return tuple(
        RelationShown(
            id=row["id"],
            relation=Relation(**{key: row[key] for key in Relation.__struct_fields__}),
            enterprise=names.get(row["enterprise_id"], "（待认定）"),
            other=None if row["other_id"] is None else names.get(row["other_id"], "（待认定）"),
            withdrawn=row["id"] in withdrawn,
        )
        for row in shown.iter_rows(named=True)
    )


async def _refuse(relation: Relation, known: pl.DataFrame, vocabulary: Vocabulary) -> None:
    if not relation.document.strip():
        raise RelationRefused("要写明依据的文件（如准予变更登记通知书的文号）")
    if not (relation.recorded_by or "").strip():
        raise RelationRefused("要写明由谁记录")
    if relation.kind in _NEEDS_OTHER and relation.other_id is None:
        raise RelationRefused(f"“{KINDS[relation.kind]}”要写明另一家企业")
    if relation.other_id == relation.enterprise_id:
        raise RelationRefused("一家企业与自己没有关系；核对两边的代码")
    ids = [one for one in (relation.enterprise_id, relation.other_id) if one is not None]
    there = set((await present_names(pl.Series(ids)))["enterprise_id"])
    for one in ids:
        if one not in there:
            raise RelationRefused(f"没有编号为{one}的企业；核对代码或编号")
    if relation.share_bp is not None and not 0 < relation.share_bp <= WHOLE_BP:
        raise RelationRefused("持股比例应大于 0%、不超过 100%")
    if relation.kind == "moved":
        _refuse_place(relation.place_to, vocabulary, needed=True)
        _refuse_place(relation.place_from, vocabulary, needed=False)
    _refuse_again(relation, known)


def _refuse_place(code: str | None, vocabulary: Vocabulary, *, needed: bool) -> None:
    tree = vocabulary.tree_of(vocabulary.facts["place"])
    if code is None and needed:
        raise RelationRefused("迁移要写明迁往哪里（行政区划代码）")
    if code is not None and tree is not None and code not in tree.nodes:
        raise RelationRefused(f"没有行政区划代码{code}；照国家标准填写6位或9位代码")


def _refuse_again(relation: Relation, known: pl.DataFrame) -> None:
    standing = known.filter(
        pl.col("kind") == relation.kind,
        ~pl.col("id").is_in(known["withdraws"].drop_nulls().implode()),
    )
    if relation.kind == "moved":
        same = (pl.col("enterprise_id") == relation.enterprise_id) & (
            pl.col("effective_on") == relation.effective_on
        )
    else:
        same = (pl.col("enterprise_id") == relation.enterprise_id) & (
            pl.col("other_id") == relation.other_id
        )
    again = standing.filter(same)
    if again.height:
        raise RelationRefused(f"已有第{again['id'][0]}号同样的关系；有误就先撤回它再记")
    if relation.kind == "merged_into":
        gone = standing.filter(pl.col("enterprise_id") == relation.enterprise_id)
        if gone.height:
            raise RelationRefused(
                f"这家企业已由第{gone['id'][0]}号关系并入别家；一家只能并入一家，有误就先撤回它"
            )
        back = standing.filter(pl.col("enterprise_id") == relation.other_id)
        if back.height and back["other_id"][0] == relation.enterprise_id:
            raise RelationRefused("两家互相并入说不通；核对哪一家存续")
