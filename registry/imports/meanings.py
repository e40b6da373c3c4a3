"""What a header can mean, as one word: a role of a column, a fact, or a field of a ledger of records.

"uscc", "name", "ignore" … are roles as layout files write them after `is:`; "fact/annual_revenue" is
the fact of that key, "field/granted_on" that field of the layout's ledger. The same word stands in learned headers, in forms and in JSON.
"""

from typing import Final, cast, get_args

from matching.language.vocabulary import Fact, Vocabulary
from registry.imports.layout import Column, Layout, Role
from registry.imports.read_as import field_as_fact

IGNORE: Final = "ignore"
ROLES = frozenset(get_args(Role)) - {"fact", "field"}

_OF_FACT = "fact/"
_OF_FIELD = "field/"
_ROLE_WORDS: dict[str, str] = {
    "uscc": "统一社会信用代码",
    "name": "企业名称",
    "email": "联系邮箱",
    "list": "名录或称号",
    "level": "级别",
    "batch": "批次",
    "document": "文号",
    "from_on": "起始日期",
    "until_on": "有效期至",
    "left_on": "移出或撤销日期",
    "family": "政策",
    "amount": "金额",
    "paid_on": "拨付日期",
    "item": "凭证编号",
    "ledger": "凭证类别",
    "record_number": "编号",
    IGNORE: "不取用",
}


def meaning_of(column: Column) -> str:
    """Give the word for what a column says."""
    if column.role == "field":
        return f"{_OF_FIELD}{column.field}"
    return f"{_OF_FACT}{column.fact}" if column.role == "fact" else column.role


def fact_of(meaning: str, vocabulary: Vocabulary, layout: Layout | None = None) -> Fact | None:
    """Give the fact a word means, and of a field the fact its cells are read as; None for a role.

    layout  whose ledger a field is of; without it a field is nothing.
    """
    if _is_fact(meaning):
        return vocabulary.facts.get(meaning.removeprefix(_OF_FACT))
    field = meaning.removeprefix(_OF_FIELD)
    if field == meaning or layout is None or layout.records is None:
        return None
    ledger = vocabulary.records[layout.records]
    return field_as_fact(field, ledger) if field in ledger.fields else None


def column_meaning(meaning: str, header: str, *, required: bool = False) -> Column:
    """Give a column that says this, under this header."""
    if _is_fact(meaning):
        fact = meaning.removeprefix(_OF_FACT)
        return Column(fact=fact, headers=(header,), required=required)
    if meaning.startswith(_OF_FIELD):
        field = meaning.removeprefix(_OF_FIELD)
        return Column(role="field", field=field, headers=(header,), required=required)
    return Column(role=cast("Role", meaning), headers=(header,), required=required)


def meaning_in_words(meaning: str, vocabulary: Vocabulary, layout: Layout | None = None) -> str:
    """Say to people what a word means; of a field only where its layout is given."""
    fact = fact_of(meaning, vocabulary, layout)
    return fact.label if fact else _ROLE_WORDS.get(meaning, meaning)


def meaning_problem(meaning: str, layout: Layout, vocabulary: Vocabulary) -> str | None:
    """Say why a header of a layout cannot mean this; None where it can."""
    if _is_fact(meaning):
        fact = fact_of(meaning, vocabulary)
        if fact is None:
            return f"没有指标“{meaning.removeprefix(_OF_FACT)}”，用 facts.yml 中的指标"
        return None if can_be_a_column(fact) else f"“{fact.label}”不能由一列给出"
    if meaning == IGNORE or fact_of(meaning, vocabulary, layout) is not None:
        return None
    if meaning not in ROLES:
        return f"没有“{meaning}”这种列，写指标（fact/…）或：{'、'.join(sorted(ROLES))}"
    if not layout.has(meaning):
        return f"版式“{layout.label}”没有“{meaning}”这种列，请在版式文件中加上"
    return None


def can_be_a_column(fact: Fact) -> bool:
    """Say whether one column under one header can give a fact: not what is counted row by row, or by a window."""
    return fact.ledger is None and fact.period != "window"


def _is_fact(meaning: str) -> bool:
    return meaning.startswith(_OF_FACT)
