"""The digest of a run: what, how much, why, and what to do. One for each enterprise with changes."""

from datetime import date

import msgspec
import polars as pl

from matching.catalogue.load_catalogue import Catalogue
from matching.language.items import Item
from matching.language.units import money_in_words
from matching.language.wording import Words
from matching.runs.types import CAUSE_WORDS, CHANGE_WORDS


class Digest(msgspec.Struct, frozen=True):
    """One notice before it has an id."""

    enterprise_id: int
    unique_key: str
    subject: str
    body: str


WHAT_TO_DO = {
    "new": "无需申请。请核对以上信息；如与实际不符，请联系{department}更正。",
    "changed": "无需操作。如对金额有疑问，请联系{department}。",
    "lost": "如认为所依据的数据有误，请联系{department}申请更正，更正后自动重新匹配。",
    "yielded": "无需操作：两项不能同时享受，已按文件取其一。如有疑问，请联系{department}。",
    "waiting": "请按上述说明选择，或等对方事项定下来；定下来之后自动重新匹配。咨询{department}。",
    "now_unknown": "请补充或请主管部门补送上述数据，数据到齐后自动重新匹配；咨询{department}。",
}


def compose_digests(
    changes: pl.DataFrame, catalogue: Catalogue, period: str, as_of: date
) -> list[Digest]:
    """Write one digest an enterprise that has changes; `changes` has the columns of CHANGES."""
    texts = _Texts(catalogue, as_of)
    digests: list[Digest] = []
    ordered = changes.sort("enterprise_id", "kind", "item_id")
    for key, part in ordered.partition_by(
        "enterprise_id", as_dict=True, maintain_order=True
    ).items():
        rows = part.to_dicts()
        enterprise_id = int(str(key[0]))
        digests.append(
            Digest(
                enterprise_id=enterprise_id,
                unique_key=f"digest:{period}:{enterprise_id}",
                subject=_subject(rows, period),
                body=texts.body(rows, period),
            )
        )
    return digests


def _subject(rows: list[dict[str, object]], period: str) -> str:
    counts = {
        word: sum(1 for row in rows if row["kind"] == kind) for kind, word in CHANGE_WORDS.items()
    }
    said = "、".join(f"{word}{count}项" for word, count in counts.items() if count)
    return f"{period} 政策匹配结果：{said}"


class _Texts:
    """Says changes; what an item is about is said once an item, not once an enterprise."""

    def __init__(self, catalogue: Catalogue, as_of: date) -> None:
        self.catalogue = catalogue
        self.as_of = as_of
        self._items: dict[str, tuple[str, str, str]] = {}

    def body(self, rows: list[dict[str, object]], period: str) -> str:
        """Say all changes of one enterprise."""
        parts = [f"截至{self.as_of}，{period} 期免申即享匹配结果有以下变化："]
        parts += [self._change(number, row) for number, row in enumerate(rows, start=1)]
        return "\n\n".join(parts)

    def _change(self, number: int, row: dict[str, object]) -> str:
        title, basis, department = self._item(str(row["item_id"]))
        kind = str(row["kind"])
        lines = [f"{number}. 【{CHANGE_WORDS[kind]}】{title}"]  # type: ignore[index]
        lines.append(f"   金额：{_money(row)}")
        lines.append(f"   原因：{CAUSE_WORDS[row['cause']]}{_why(row)}")  # type: ignore[index]
        lines.append(f"   依据：{basis}")
        lines.append(f"   怎么办：{WHAT_TO_DO[kind].format(department=department)}")
        return "\n".join(lines)

    def _item(self, item_id: str) -> tuple[str, str, str]:
        if item_id not in self._items:
            self._items[item_id] = self._said(self.catalogue.item(item_id), item_id)
        return self._items[item_id]

    def _said(self, item: Item | None, item_id: str) -> tuple[str, str, str]:
        if item is None:
            return f"事项 {item_id}（已撤下）", "该事项已从政策库撤下", "主管部门"
        words = Words(
            self.catalogue.vocabulary, self.catalogue.definitions, item.evidence(self.as_of)
        )
        basis = f"{item.document.number}，{item.document.article}；条件：{words.condition(item.condition)}"
        department = self.catalogue.vocabulary.departments[item.department]
        return item.title, basis, department + (f"（{item.phone}）" if item.phone else "")


def _money(row: dict[str, object]) -> str:
    before = _range(row["before_low"], row["before_high"])
    after = _range(row["after_low"], row["after_high"])
    match row["kind"]:
        case "new":
            return after
        case "changed":
            return f"由{before}变为{after}"
        case _:
            return f"原{before}，本期暂不列入"


def _range(low: object, high: object) -> str:
    if not isinstance(low, int):
        return "无"
    if low == high:
        return "0元（此前已兑付）" if low == 0 else money_in_words(low)
    if isinstance(high, int):
        return f"{money_in_words(low)}至{money_in_words(high)}（取决于待补充的数据）"
    return f"至少{money_in_words(low)}，上限待数据补充后确定"


def _why(row: dict[str, object]) -> str:
    if not row["why"]:
        return ""
    if row["kind"] in ("yielded", "waiting"):
        return f"；{row['why']}"
    return f"；{'尚不能确定' if row['kind'] == 'now_unknown' else '未满足'}：{row['why']}"
