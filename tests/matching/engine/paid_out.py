"""What an amount gives one enterprise, asked of the columns."""

from matching.engine.match import amounts
from matching.language.amounts import Amount
from matching.language.conditions import Flag
from tests.matching.engine.small_world import DAY, Award, Cell, Firm, ground_of, item_of

ANYBODY = Flag(fact="direct", expected=True)


def given(
    amount: Amount, *awards: Award, known: tuple[str, ...] = (), **facts: Cell
) -> tuple[int, int | None]:
    """Give both ends of an amount for one enterprise on DAY; high None: no end known.

    known  families about which the ledger is complete.
    facts  revenue__2025 for revenue@2025, power__2026_to_01 for power@2026-01.
    """
    columns = {name.replace("__", "@").replace("_to_", "-"): cell for name, cell in facts.items()}
    told = frozenset(f"paid:{family}" for family in known)
    ground = ground_of([Firm(facts=columns, awards=awards, known=told)])
    found = amounts(item_of(ANYBODY, amount), ground, DAY)
    return found["low_cents"][0], found["high_cents"][0]
