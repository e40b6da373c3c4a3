"""zen-engine, which shares no line with ours, decides the catalogue over complete data as our columns do."""

from collections import Counter
from datetime import date

import zen

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.engine.ground import Ground
from matching.engine.match import verdicts
from matching.engine.truth import MET, PERSON, UNMET
from tests.matching.agreement.complete_firms import Dice, item_day
from tests.matching.agreement.hand_over import zen_row
from tests.matching.agreement.translate import Saying, can_be_said
from tests.matching.engine.small_world import Firm, population_of

CATALOGUE = shipped_catalogue()
ITEMS = tuple(item for item in CATALOGUE.items if can_be_said(item, CATALOGUE))
FIRMS = 10_000
OFTEN = 25
FAR = date(2030, 1, 1)


def said_by_zen(firms: list[Firm], columns: tuple[str, ...]) -> dict[str, list[int]]:
    """Give zen's verdict codes: what holds whatever a person judges, what may hold, and the rest."""
    pairs = [Saying(CATALOGUE, item_day(item)).both(item) for item in ITEMS]
    # One expression for everything: an enterprise's values are then handed over once.
    asked = zen.compile_expression(f"[{', '.join(said for pair in pairs for said in pair)}]")
    answers = [asked.evaluate(zen_row(firm, columns, CATALOGUE.vocabulary)) for firm in firms]
    assert all(type(answer) is bool for row in answers for answer in row)
    return {
        item.id: [
            MET if row[2 * place] else (PERSON if row[2 * place + 1] else UNMET) for row in answers
        ]
        for place, item in enumerate(ITEMS)
    }


def said_by_us(firms: list[Firm]) -> dict[str, list[int]]:
    words = CATALOGUE.vocabulary
    population = population_of(firms, dict.fromkeys([*words.lists, "awards"], FAR), words)
    said: dict[str, list[int]] = {}
    for day in sorted({item_day(item) for item in ITEMS}):
        ground = Ground(population, words, CATALOGUE.definitions, day)
        items = [item for item in ITEMS if item_day(item) == day]
        found = verdicts(items, ground, day)
        said |= {item.id: found[item.id].to_list() for item in items}
    return said


def first_difference(ours: list[int], zens: list[int], firms: list[Firm]) -> tuple[int, int, Firm]:
    """Give both codes of the first enterprise decided differently, and the enterprise."""
    pairs = zip(ours, zens, firms, strict=True)
    return next((one, two, firm) for one, two, firm in pairs if one != two)


def test_nine_items_in_ten_can_be_told_to_zen() -> None:
    assert len(ITEMS) >= 0.9 * len(CATALOGUE.items)


def test_zen_decides_every_item_for_10_000_complete_enterprises_as_we_do() -> None:
    dice = Dice(CATALOGUE, ITEMS, seed=20260930)
    firms = list(dice.firms(FIRMS))
    ours, zens = said_by_us(firms), said_by_zen(firms, dice.columns)

    assert len(firms) == FIRMS
    differing = {
        item: first_difference(codes, zens[item], firms)
        for item, codes in ours.items()
        if codes != zens[item]
    }
    assert differing == {}
    for item in ITEMS:
        times = Counter(ours[item.id])
        # Nothing is unknown, and both answers are frequent: an item that is never met proves little.
        assert times.keys() <= {MET, UNMET, PERSON}, item.id
        assert times[UNMET] >= OFTEN, item.id
        assert times[MET] + times[PERSON] >= OFTEN, item.id
