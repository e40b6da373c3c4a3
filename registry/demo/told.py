"""Cases made by hand, so that every limit of a policy has a firm that stands exactly at it.

They are told of the largest manufacturers, by their place on the scale (0 is the largest). Everything that is not
said here is drawn like for any other firm.
"""

import polars as pl

YUAN = 100
WAN = 10_000 * YUAN

YEARS = (2021, 2022, 2023, 2024, 2025)

# Revenue of 2021 to 2025 in 万元 (None: not known), whether strategic emerging, and what the case shows.
REVENUE_CASES: dict[int, tuple[tuple[int | None, ...], bool | None, str]] = {
    0: (
        (32_000, 38_000, 42_000, 47_000, 52_600),
        True,
        "first above 5亿; falls below by a correction",
    ),
    1: ((61_000, 70_000, 83_000, 96_000, 108_000), True, "first above 10亿, above 5亿 for years"),
    2: (
        (30_000, 35_000, 41_000, 46_000, 50_000),
        True,
        "exactly 5亿, which is not above; corrected up",
    ),
    3: ((29_000, 33_000, 39_000, 47_000, 50_000), True, "one 分 above 5亿, see ONE_FEN_MORE"),
    4: ((41_000, 55_000, 53_000, 48_000, 56_000), True, "above 5亿 again, not for the first time"),
    5: (
        (30_000, 36_000, 40_000, 45_000, 53_000),
        False,
        "first above 5亿 without being strategic emerging",
    ),
    6: (
        (30_000, 36_000, 40_000, 45_000, 54_000),
        None,
        "first above 5亿, nobody knows whether strategic",
    ),
    7: ((380_000, 420_000, 455_000, 490_000, 523_000), True, "first above 50亿"),
    8: ((720_000, 810_000, 900_000, 985_000, 1_043_000), False, "first above 100亿"),
    9: ((1_950_000, 2_210_000, 2_560_000, 2_890_000, 3_020_000), False, "first above 300亿"),
    10: ((60_000, 70_000, None, 90_000, 104_000), True, "above 10亿, 2023 filed late"),
    11: (
        (30_000, 34_000, 40_000, 45_000, 101_000),
        True,
        "above 5亿 and 10亿 in one year, any county",
    ),
}
ONE_FEN_MORE = 3

# What tax corrects in the second month: place, year and the new revenue in 万元.
TAX_CORRECTIONS = ((0, 2025, 49_800), (2, 2025, 50_100), (10, 2023, 78_000))

# Monthly use of 2025 in 千瓦时 outside the peak, in the peak month, and of each of the first months of 2026.
FLAT, PEAK = 800_000, 1_000_000
POWER_CASES: dict[int, tuple[int, tuple[int, int, int], bool | None, str]] = {
    12: (PEAK, (FLAT, FLAT, FLAT), True, "the same first quarter and exactly 80 % of the peak"),
    13: (PEAK, (FLAT, FLAT, FLAT - 100), True, "100 千瓦时 less than a year ago"),
    14: (PEAK + 200, (FLAT, FLAT, FLAT), True, "a hair below 80 % of the peak"),
    15: (PEAK, (FLAT, FLAT, FLAT + 100), True, "at full load, revenue grew by 9.99 %"),
    16: (PEAK, (FLAT, FLAT, FLAT + 100), True, "at full load, revenue of the quarter not known"),
    17: (PEAK, (FLAT, FLAT, FLAT), False, "not supplied by the grid"),
    18: (PEAK, (FLAT, FLAT, FLAT), None, "nobody knows who supplies it"),
    19: (PEAK, (FLAT, FLAT, FLAT), True, "July 2025 is missing"),
}
PEAK_MONTH = "2025-09"
MISSING_MONTH = {19: "2025-07"}

# Revenue of the first quarters of 2025 and 2026 in 千元.
QUARTER_CASES: dict[int, tuple[int, int | None]] = {
    12: (50_000, 55_000),
    13: (50_000, 55_000),
    14: (50_000, 55_000),
    15: (100_000, 109_990),
    16: (50_000, None),
    19: (50_000, 56_000),
}

# Month of entering the above-scale list, and the day of leaving it.
REGISTER_CASES: dict[int, tuple[str, str | None]] = {
    20: ("2021-05", "2026-03-31"),
    21: ("2021-05", "2026-03-30"),
    22: ("2026-03", None),
    23: ("2026-04", None),
    24: ("2025-01", None),
    25: ("2025-12", None),
}

# Mean number of insured, layoff rate in basis points, months paid in full, and whether paid in full.
INSURANCE_CASES: dict[int, tuple[int | None, int | None, int, bool | None]] = {
    26: (200, 550, 12, True),
    27: (200, 551, 12, True),
    28: (30, 2000, 24, True),
    29: (31, 2000, 24, True),
    30: (30, 2001, 24, True),
    31: (200, 550, 11, True),
    32: (200, None, 12, True),
    33: (None, 1500, 12, True),
    34: (120, 300, 36, False),
    35: (120, 300, 36, None),
}

# Negative list, day of entering, day of leaving.
NEGATIVE_CASES: dict[int, tuple[str, str, str | None]] = {
    36: ("abnormal_operation", "2026-07-10", None),
    37: ("abnormal_operation", "2025-11-02", "2026-06-15"),
    38: ("serious_dishonesty", "2025-03-18", None),
    39: ("environment_violation", "2024-08-21", None),
    40: ("safety_accident", "2026-02-09", None),
    41: ("abnormal_operation", "2026-05-20", None),
}
# In the second month, the first of these has entered a list and the other has left it.
ENTERS_ABNORMAL = 42
LEAVES_ABNORMAL = 41

# In the second month, these take another name and this one moves to another city.
TAKE_ANOTHER_NAME = (43, 44, 45)
MOVES_AWAY = 46

# List, level and day of recognition, besides what is drawn. Those of Xuchang meet items that are drafts only; the
# one of place 50 moved up a level and has been paid for the lower one; that of 51 may be paid the higher award only.
TITLE_CASES: tuple[tuple[int, str, str | None, str], ...] = (
    (47, "champion_firm", "国家级", "2026-05-18"),
    (48, "zero_carbon_factory", "省级", "2026-06-18"),
    (49, "innovation_centre", "省级", "2022-08-18"),
    (49, "innovation_centre", "国家级", "2026-04-18"),
    (50, "smart_workshop", None, "2025-03-18"),
    (50, "smart_factory", None, "2026-07-18"),
    (51, "specialized_sme", None, "2026-03-20"),
    (51, "champion_product", None, "2026-06-18"),
)

# Where the cases have to be, as the items they are made for are a city's own.
IN_ZHENGZHOU = (*range(11), 50, 51)
IN_XUCHANG = (47, 48, 49)

# From here on nothing is told.
TOLD_OF = 52


def of_place(cases: dict[int, object], name: str, kind: pl.DataType) -> pl.DataFrame:
    """Give a value for each place of the scale as a frame to join."""
    schema = {"scale_place": pl.Int64(), name: kind}
    return pl.DataFrame({"scale_place": list(cases), name: list(cases.values())}, schema=schema)
