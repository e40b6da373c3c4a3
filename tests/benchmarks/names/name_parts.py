"""The parts of a name as the noise needs them: place, 字号, trade, legal form.

Crude on purpose and its own: noise made by the parser under test would flatter it.
"""

import re
from functools import cache

import msgspec

from tests.benchmarks.names import words
from tests.benchmarks.names.places import country, one_city

_FORMS = (
    "集团有限责任公司", "集团股份有限公司", "集团有限公司", "实业有限公司", "股份有限公司", "有限责任公司", "有限公司",
    "专业合作社", "合作社", "总公司", "集团公司", "公司", "总厂", "加工厂", "厂", "经营部", "商行", "门市部", "服务部",
    "商店", "超市", "店", "铺", "坊", "馆", "支行", "分理处", "储蓄所",
)  # fmt: skip
_BRACKETS = re.compile(r"[（(\[【]([^）)\]】]+)[）)\]】]")
_TRADES = tuple(
    sorted(
        {
            *re.findall(r"[\u4e00-\u9fff]+", words.TRADES),
            *words.PLANTS.split(),
            *words.SHOP_TRADES.split(),
            *words.FARM_TRADES.split(),
        },
        key=len,
        reverse=True,
    )
)


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """place + brand + trade + form + tail is the name, its brackets around the place left out.

    place      as written; empty where the name has none.
    bracketed  whether the place stands in brackets behind the brand.
    tail       what follows the legal form of a parent: 威海分公司.
    """

    place: str
    bracketed: bool
    brand: str
    trade: str
    form: str
    tail: str

    @property
    def core(self) -> str:
        """What tells it from others: 字号 and trade."""
        return self.brand + self.trade

    def written(self, **changed: str) -> str:
        """Put the name together again with some parts changed; brackets are not kept."""
        parts = {"place": self.place, "core": self.core, "form": self.form, "tail": self.tail}
        return "".join((parts | changed).values())


def parts_of(name: str) -> Parts:
    """Take a name apart."""
    head, tail = _tail_of(name)
    found = _BRACKETS.search(head)
    bracketed = bool(found and places_by_writing().get(found[1]))
    if found and bracketed:
        place, rest = found[1], head[: found.start()] + head[found.end() :]
    else:
        place = next((head[:size] for size in range(9, 1, -1) if _is_place(head[:size])), "")
        rest = head[len(place) :]
    form = next((form for form in _FORMS if rest.endswith(form) and len(rest) > len(form) + 1), "")
    middle = rest[: len(rest) - len(form)]
    brand = _brand_of(middle)
    return Parts(
        place=place,
        bracketed=bracketed,
        brand=brand,
        trade=middle[len(brand) :],
        form=form,
        tail=tail,
    )


@cache
def places_by_writing() -> dict[str, tuple[str, ...]]:
    """Give the other ways to write a place, by every way to write it; the short one stands first."""
    found: dict[str, tuple[str, ...]] = {}
    for city in (*country(), *one_city()):
        long = city.above + city.full
        ways = tuple(dict.fromkeys((city.short, city.full, long, city.province + city.short)))
        for way in ways:
            found.setdefault(way, ways)
        if city.above:
            of_province = (city.province, city.above)
            found.setdefault(city.province, of_province)
            found.setdefault(city.above, of_province)
    return found


def _is_place(text: str) -> bool:
    return text in places_by_writing()


def _tail_of(name: str) -> tuple[str, str]:
    cut = name.find("公司")
    if cut < 0 or cut + 2 >= len(name):
        return name, ""
    return name[: cut + 2], name[cut + 2 :]


def _brand_of(middle: str) -> str:
    for trade in _TRADES:
        if middle.endswith(trade) and len(middle) >= len(trade) + 2:
            return middle[: len(middle) - len(trade)]
        at = middle.find(trade, 2)
        if at >= 2 and len(trade) >= 2:
            return middle[:at]
    return middle[:2] if len(middle) <= 4 else middle[: min(3, len(middle) - 2)]
