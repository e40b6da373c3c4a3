"""Stored values, lists and counts of an import, in words for people."""

from datetime import date

from matching.language.data_names import DataNames
from matching.language.vocabulary import Vocabulary, fact_of_column
from matching.language.wording import Words
from registry.actions.import_outcome import Written
from registry.actions.preview_types import CellShown
from registry.profiles.lists import AWARDS

KIND_WORDS = {
    "new": "新增",
    "changed": "改变",
    "conflict": "冲突",
    "same": "相同",
    "gone": "不再在册",
}
ROLE_WORDS = {
    "uscc": "统一社会信用代码",
    "name": "企业名称",
    "email": "联系邮箱",
    "list": "名录",
    "level": "级别",
    "batch": "批次",
    "document": "文号",
    "from_on": "起始日期",
    "until_on": "有效期至",
    "left_on": "移出日期",
    "family": "政策",
    "amount": "金额",
    "paid_on": "拨付日期",
    "item": "证件号或合同号",
    "ledger": "凭证类别",
    "ignore": "不取用",
}
COUNTED = (
    ("created", "新建企业", "家"),
    ("renamed", "更名", "家"),
    ("values", "指标值", "个"),
    ("memberships", "名录记录", "条"),
    ("awards", "奖补记录", "笔"),
    ("claims", "凭证", "件"),
    ("uses", "凭证使用记录", "条"),
    ("records", "台账记录", "条"),
)


class ImportWords:
    """Says what an import does in the words of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary, on: date) -> None:
        self.vocabulary = vocabulary
        self._names = DataNames(vocabulary)
        self._words = Words(vocabulary, {}, on)

    def column(self, column: str) -> str:
        """Say what a column is: a fact with its period, or what else stands there."""
        if fact_of_column(column)[0] in self.vocabulary.facts:
            return self._names.label(column)
        return ROLE_WORDS.get(column, column)

    def list(self, key: str) -> str:
        """Say which list it is; awards are one."""
        return "历年奖补台账" if key == AWARDS else self._names.label(key)

    def department(self, key: str) -> str:
        """Say which department it is."""
        return self.vocabulary.departments.get(key, key)

    def value(self, column: str, stored: int | str | None) -> str | None:
        """Say a stored value with its unit; None stays None: nothing was known."""
        fact = fact_of_column(column)[0]
        declared = self.vocabulary.facts[fact]
        if stored is None:
            return None
        if declared.kind == "flag":
            return "是" if stored else "否"
        if isinstance(stored, int):
            return self._words.figure_of(fact, stored)
        return self._words.code(fact, stored) if declared.kind == "code" else stored

    def why(self, cell: CellShown) -> str:
        """Say where the old value comes from, and of a conflict which of the two counts and why."""
        if cell.department is None:
            return "原来没有这个数"
        source = f"{self.department(cell.department)}（截至{cell.observed_on}，{cell.file_name}）"
        if cell.why == "trusted":
            return f"仍以{source}为准：这一指标先采信该部门"
        if cell.why == "newer":
            return f"仍以{source}为准：它更新"
        return f"原值来自{source}"


def written_in_words(written: Written) -> tuple[tuple[str, str], ...]:
    """Give what an import added: what, and how much of it; kinds of which there is none are left out."""
    counts = ((what, getattr(written, key), unit) for key, what, unit in COUNTED)
    return tuple((what, f"{count:,}{unit}") for what, count, unit in counts if count)
