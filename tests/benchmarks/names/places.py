"""Places invented enterprises name themselves after, and how each is written."""

from functools import cache

import msgspec

from matching.catalogue.load_vocabulary import shipped_vocabulary
from tests.benchmarks.names.words import AUTONOMOUS, BUSY, CITIES, MUNICIPALITIES

COMPLETE = ("4101", "4110", "6203")
"""Prefectures whose districts and counties the catalogue has to the last one."""


class City(msgspec.Struct, frozen=True, kw_only=True):
    """A place with a register of its own: code (GB/T 2260), the ways to write it, how many firms it has.

    short     without 市 or 县: 郑州.
    full      with it: 郑州市.
    province  without 省: 河南; of a municipality its own name.
    above     the province with 省 or 市, in front of `full`: 河南省; empty for a municipality.
    """

    code: str
    short: str
    full: str
    province: str
    above: str
    weight: int


@cache
def country() -> tuple[City, ...]:
    """Give the cities of the whole country."""
    found = []
    for line in CITIES.split("\n"):
        if not line:
            continue
        number, province, *cities = line.split()
        if province in MUNICIPALITIES:
            found.append(_city(f"{number}0100", province, province, ""))
        above = province if province in AUTONOMOUS else province + "省"
        found += [
            _city(f"{number}{place:02}00", city, province, above)
            for place, city in enumerate(cities, start=1)
        ]
    return tuple(found)


@cache
def one_city() -> tuple[City, ...]:
    """Give the districts and counties of the prefectures of the catalogue's complete prefectures."""
    places = shipped_vocabulary().places
    found = []
    for code, node in places.nodes.items():
        is_county = len(code) == 6 and code[4:] not in {"00", "71", "72", "73"}
        if not is_county or code[:4] not in COMPLETE:
            continue
        district = node.name.endswith("区")
        above = places.name(code[:2] + "0000")
        name = places.name(code[:4] + "00") if district else node.name
        found.append(
            City(
                code=code,
                short=name[:-1] if len(name) > 2 else name,
                full=name + (node.name if district else ""),
                province=above[:-1],
                above=above,
                weight=20 if district else 8,
            )
        )
    return tuple(found)


def _city(code: str, short: str, province: str, above: str) -> City:
    return City(
        code=code,
        short=short,
        full=short + "市",
        province=province,
        above=above,
        weight=BUSY.get(short, 2),
    )
