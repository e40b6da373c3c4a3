"""The places that stand in front of enterprise names, every way they are written, and the province of each."""

import re
from functools import cache
from pathlib import Path

from matching.catalogue.load_vocabulary import shipped_vocabulary

PREFECTURES = Path(__file__).parent / "data" / "prefectures.txt"

NO_PROVINCE = 0
"""Of 中国 and of whatever names no place."""

_COUNTRY = ("中国", "中华", "全国")
_WHOLE_TAILS = ("市", "地区", "州", "盟", "县")
_AUTONOMOUS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
}


@cache
def provinces_by_place() -> dict[str, int]:
    """Give the province (the first two digits of its code) of every writing of a place."""
    found: dict[str, int] = dict.fromkeys(_COUNTRY, NO_PROVINCE)
    for code, name, aliases in _catalogue_places():
        province = int(code[:2])
        for writing in (name, *aliases, *_shorter(code, name)):
            if len(writing) > 1:
                found.setdefault(writing, province)
    for number, *names in read_prefectures(PREFECTURES):
        for name in names:
            for writing in (name, *(name + tail for tail in _WHOLE_TAILS)):
                found.setdefault(writing, int(number))
    return found


@cache
def place_pattern() -> str:
    """Give the pattern of one place, the longest writing first."""
    writings = sorted(provinces_by_place(), key=lambda name: (-len(name), name))
    return "(?:" + "|".join(writings) + ")"


def read_prefectures(path: Path) -> list[list[str]]:
    """Give number of the province and names of its cities, a list a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def _catalogue_places() -> list[tuple[str, str, tuple[str, ...]]]:
    nodes = shipped_vocabulary().places.nodes
    return [
        (code, node.name, tuple(node.aliases)) for code, node in nodes.items() if code != "000000"
    ]


def _shorter(code: str, name: str) -> tuple[str, ...]:
    """Leave 省, 市 and the like away from provinces and prefectures; districts alone are words like any other."""
    if not code.endswith("00"):
        return ()
    short = _AUTONOMOUS.get(name) or re.sub(r"(?:省|市|自治州)$", "", name)
    return (short,)
