"""Candidates as a page reads them, out of the columns they are kept in."""

import polars as pl

from registry.resolution.read_candidates import SIDES, read_candidates
from registry.resolution.types import CANDIDATES

SIGNS = {
    "code": "unknown",
    "legal_representative": "agrees",
    "address": "unknown",
    "phone": "unknown",
}


def kept(*lines: tuple[int, int, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"row": row, "rank": rank, "enterprise_id": firm, "name": "乙", "name_kind": 1}
            | {"probability_bp": 9_000 - rank, "marks": ["same_sound"], "place": "differs", **SIGNS}
            for row, rank, firm in lines
        ],
        schema=CANDIDATES,
    )


def test_candidates_come_nearest_first_with_what_both_sides_say() -> None:
    sides = pl.DataFrame(
        [{"row": 1, "enterprise_id": 7, "given_place": "410100", "known_place": "620300"}],
        schema=SIDES,
    )

    found = read_candidates(kept((1, 2, 8), (1, 1, 7), (2, 1, 9)), sides, [1, 3])

    assert [one.enterprise_id for one in found[1]] == [7, 8]
    assert found[3] == ()
    place = next(piece for piece in found[1][0].evidence if piece.about == "place")
    assert (place.sign, place.given, place.known) == ("differs", "410100", "620300")
    name = found[1][0].evidence[0]
    assert (name.about, name.sign, name.marks) == ("name", "differs", ("same_sound",))


def test_values_that_are_not_given_are_unknown_rather_than_signs() -> None:
    found = read_candidates(kept((1, 1, 7)), pl.DataFrame(schema=SIDES), [1])

    place = next(piece for piece in found[1][0].evidence if piece.about == "place")
    assert (place.sign, place.given, place.known) == ("differs", None, None)
