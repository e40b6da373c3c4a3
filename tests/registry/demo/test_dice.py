"""Throws must never change: the shipped sheets and every large city come from them."""

import polars as pl
import pytest

from registry.demo.dice import GOLDEN, Dice, mixed, places_of, two_to, unsigned

ROWS = pl.DataFrame({"row": pl.int_range(40_000, dtype=pl.Int64, eager=True)})


def test_mixing_is_splitmix64() -> None:
    """The first numbers of the reference implementation for the seed 1234567."""
    states = (pl.int_range(1, 4).cast(pl.UInt64)) * unsigned(GOLDEN) + unsigned(1_234_567)

    assert pl.select(mixed(states)).to_series().to_list() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


def test_throws_are_what_they_have_always_been() -> None:
    dice = Dice(20_260_930)

    thrown = ROWS.head(3).select(
        bits=dice.bits("a"), below=dice.below("b", 100), share=dice.share("c")
    )

    assert thrown.to_dict(as_series=False) == {
        "bits": [13088987891718668784, 165858814657125067, 3740241114513207391],
        "below": [37, 89, 44],
        "share": [0.47103349267710437, 0.8463919935104043, 0.3718029379480452],
    }


def test_other_salts_and_other_seeds_throw_otherwise() -> None:
    thrown = ROWS.select(a=Dice(1).bits("a"), b=Dice(1).bits("b"), other=Dice(2).bits("a"))

    assert thrown.select((pl.col("a") == pl.col("b")).sum()).item() == 0
    assert thrown.select((pl.col("a") == pl.col("other")).sum()).item() == 0


def test_shares_are_even_and_bells_are_normal() -> None:
    dice = Dice(5)
    thrown = ROWS.select(share=dice.share("s"), bell=dice.normal("n"))

    assert thrown["share"].min() >= 0  # type: ignore[operator]
    assert thrown["share"].max() < 1  # type: ignore[operator]
    assert thrown["share"].mean() == pytest.approx(0.5, abs=0.01)
    assert thrown["bell"].mean() == pytest.approx(0, abs=0.02)
    assert thrown["bell"].std() == pytest.approx(1, abs=0.02)


def test_picks_follow_their_weights() -> None:
    picked = ROWS.select(Dice(5).choose("word", {"seldom": 1, "never": 0, "often": 3})).to_series()

    counts = dict(picked.value_counts().iter_rows())
    assert set(counts) == {"seldom", "often"}
    assert counts["often"] / ROWS.height == pytest.approx(0.75, abs=0.01)


def test_powers_of_two_are_exact_at_whole_powers_and_rise_between_them() -> None:
    powers = pl.select(power=pl.int_range(0, 512) / 8).select(value=two_to(pl.col("power")))[
        "value"
    ]

    assert powers.gather_every(8).to_list()[:41] == [float(1 << power) for power in range(41)]
    assert (powers.diff().drop_nulls() > 0).all()


def test_places_count_from_the_greatest_and_leave_out_what_has_no_rank() -> None:
    ranked = pl.DataFrame({"rank": [5, None, 9]}).select(places_of(pl.col("rank"))).to_series()

    assert ranked.to_list() == [1, None, 0]
