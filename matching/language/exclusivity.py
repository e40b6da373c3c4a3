"""What may not be had besides an item, and what may: each with its legal basis.

Nothing here is a rule of the system: one document says "the highest only", the next "the difference", a third
lets both be had. What one document leaves open is not guessed from another.
"""

from typing import Literal

import msgspec

FAMILY = "family:"
"""Before a partner that is a ledger family: every item of it, and whatever was paid under it."""

Rule = Literal["highest", "difference", "order", "choice", "bars", "same_evidence", "additive"]
Scope = Literal["firm", "year", "period", "evidence"]
Earlier = Literal["full", "person", "nothing"]
Later = Literal["rest", "nothing"]

RULES: dict[Rule, str] = {
    "highest": "从高，不重复",
    "difference": "补级差",
    "order": "按规定次序",
    "choice": "由企业选择其一",
    "bars": "对方享受的，本项不再享受",
    "same_evidence": "同一凭证只用一次",
    "additive": "可同时享受",
}
SCOPES: dict[Scope, str] = {
    "firm": "同一企业",
    "year": "同一年度",
    "period": "同一兑付期",
    "evidence": "同一凭证（人、贷款、合同、用电户）",
}
EARLIERS: dict[Earlier, str] = {
    "full": "从前已得低一级的，高一级仍给全额",
    "person": "从前已得低一级的，给全额还是差额由人工定",
    "nothing": "从前已得的，不再给",
}
LATERS: dict[Later, str] = {
    "rest": "后者只补超出前者的部分",
    "nothing": "后者不再给",
}


class Exclusive(msgspec.Struct, frozen=True, kw_only=True):
    """How an item stands to its partners.

    partners  names of items (all their versions), or "family:F".
    rule      highest: the one that gives more, only. difference: the same, but what was paid before is taken
              off, so that a later and higher one is a top-up. order: `first` goes first. choice: the firm says
              which. bars: a partner had or due leaves nothing of this item. same_evidence: one evidence item
              carries one of them. additive: both may be had.
    scope     within what the rule holds: the firm for good, a calendar year, the award period, an evidence item.
    basis     article that says so.
    earlier   of "highest" over more than one evidence item: what a lower award paid before leaves of a higher.
    first     of "order": this item or the partner, named the same way.
    later     of "order": what the other one still gives.
    reading   how we read what the text leaves open; None: it leaves nothing open.
    """

    partners: tuple[str, ...]
    rule: Rule
    scope: Scope
    basis: str
    earlier: Earlier | None = None
    first: str | None = None
    later: Later | None = None
    reading: str | None = None
    line: int = 0
