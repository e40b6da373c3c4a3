"""What a datum is called, who owns it and what to ask for it: fact columns, lists and "paid:FAMILY"."""

from matching.language.periods import period_in_words
from matching.language.vocabulary import Fact, ListKind, Vocabulary, fact_of_column

AWARDS_OWNER = "industry"
PAID = "paid:"
LEDGERS = {
    "relations": "控股与集团关系",
    "uses": "已用凭据台账",
}
LEDGER_OWNERS = {"relations": "market", "uses": AWARDS_OWNER}


class DataNames:
    """Names data: fact columns, lists and ledgers, and who owns them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def label(self, name: str) -> str:
        """Say what a column, list or ledger is: 2025年营业收入."""
        if name.startswith(PAID):
            return f"历年奖补台账（{name.removeprefix(PAID)}类）"
        if name in LEDGERS:
            return LEDGERS[name]
        if name in self.vocabulary.lists:
            return self.vocabulary.lists[name].label
        fact, period = fact_of_column(name)
        label = self.vocabulary.facts[fact].label
        return f"{period_in_words(period)}{label}" if period else label

    def owner(self, name: str) -> str:
        """Say which department owns the datum."""
        declared: Fact | ListKind | None = self.vocabulary.lists.get(name)
        if declared is None:
            declared = self.vocabulary.facts.get(fact_of_column(name)[0])
        owner = declared.department if declared else LEDGER_OWNERS.get(name, AWARDS_OWNER)
        return self.vocabulary.departments[owner]

    def ask(self, name: str) -> str:
        """Say what to ask the owner for."""
        if name.startswith(PAID):
            return "历年奖补资金发放的完整台账"
        if name in LEDGERS:
            return f"最新的完整台账：{LEDGERS[name]}"
        if name in self.vocabulary.lists:
            return f"最新的完整名单：{self.vocabulary.lists[name].label}"
        return self.vocabulary.facts[fact_of_column(name)[0]].ask
