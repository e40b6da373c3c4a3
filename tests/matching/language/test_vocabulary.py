"""Places and industries contain each other as a tree; names of data are checked with their period."""

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.vocabulary import Node, Tree, is_industry_code

SHIPPED = shipped_vocabulary()


def test_a_city_contains_its_districts_and_not_by_its_digits() -> None:
    places = SHIPPED.places

    assert places.contains("410100", "410104")
    assert places.contains("410000", "419001")
    assert not places.contains("410100", "419001")
    assert not places.contains("410104", "410100")


@pytest.mark.parametrize("township", ["411081103", "411002004", "411071001", "411024101"])
def test_a_prefecture_contains_its_counties_and_their_townships(township: str) -> None:
    places = SHIPPED.places

    assert township in places.nodes
    assert {"411081", "411002", "411024", "411071"} <= places.inside("411000")
    assert places.contains("411000", township)
    assert places.contains("410000", township)
    assert not places.contains("410100", township)


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("C", "C34", True),
        ("C34", "C34", True),
        ("C34", "C3499", True),
        ("C3499", "C34", False),
        ("C3498", "C3498", True),
        ("C3498", "C3499", False),
        ("C35", "C34", False),
        ("C", "C9999", True),
    ],
)
def test_an_industry_contains_finer_codes_even_undeclared_ones(
    outer: str, inner: str, *, expected: bool
) -> None:
    assert SHIPPED.industries.contains(outer, inner) is expected


def test_a_circle_of_nodes_does_not_hang() -> None:
    tree = Tree((Node(code="A", name="甲", within="B"), Node(code="B", name="乙", within="A")))

    assert tree.contains("A", "B")
    assert not tree.contains("C", "A")


def test_a_place_or_industry_is_found_by_code_name_or_alias() -> None:
    assert SHIPPED.places.find("郑州市") == SHIPPED.places.find("410100") == "410100"
    assert SHIPPED.places.find("火星") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("登封市告成镇", "410185103"),
        ("告成镇", "410185103"),
        ("登封市颍阳镇", "410185101"),
        ("襄城县颍阳镇", "411025103"),
        ("颍阳镇", None),
        ("城关镇", None),
        ("房地产业", "K"),
    ],
)
def test_a_name_several_places_bear_means_none_of_them(name: str, code: str | None) -> None:
    assert (SHIPPED.places.find(name) or SHIPPED.industries.find(name)) == code


@pytest.mark.parametrize(
    ("prefecture", "townships"), [("410100", 208), ("411000", 105), ("620300", 18)]
)
def test_three_prefectures_are_complete_down_to_the_township(
    prefecture: str, townships: int
) -> None:
    inside = SHIPPED.places.inside(prefecture)

    assert sum(len(code) == 9 for code in inside) == townships


@pytest.mark.parametrize(("length", "counted"), [(1, 20), (3, 97), (4, 473), (5, 1381)])
def test_industries_are_there_down_to_the_class(length: int, counted: int) -> None:
    industries = SHIPPED.industries

    assert sum(len(code) == length for code in industries.nodes) == counted
    assert industries.lineage("C3489") >= {"C3489", "C348", "C34", "C"}
    assert industries.name("C3489") == "其他通用零部件制造"


def test_every_industry_lies_in_the_code_one_digit_shorter() -> None:
    nodes = SHIPPED.industries.nodes.values()

    assert all(
        node.within == node.code[: {3: 1, 4: 3, 5: 4}[len(node.code)]]
        for node in nodes
        if node.within is not None
    )


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("annual_revenue@2025", True),
        ("annual_revenue", False),
        ("annual_revenue@2025-Q1", False),
        ("annual_revenue@20２5", False),
        ("status", True),
        ("status@2025", False),
        ("power_use@2026-01", True),
        ("little_giant", True),
        ("paid:P12", True),
        ("paid:", False),
        ("relations", True),
        ("uses", True),
        ("parent:serious_dishonesty", True),
        ("member:paid:P57", True),
        ("parent:paid:", False),
        ("member:status", False),
        ("used:P33", True),
        ("used:", False),
        ("claimed:graduate_hires", True),
        ("claimed:qualifying_hires", False),
        ("owner:P33", False),
        ("turnover@2025", False),
        ("", False),
    ],
)
def test_a_datum_is_named_with_the_period_of_its_fact(name: str, *, good: bool) -> None:
    assert (SHIPPED.wrong_with(name) is None) is good


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("C34", True),
        ("C3489", True),
        ("C3", False),
        ("C34891", False),
        ("c34", False),
        ("C3²", False),
    ],
)
def test_an_industry_code_has_a_letter_and_two_to_four_digits(text: str, *, good: bool) -> None:
    assert is_industry_code(text) is good


@pytest.mark.parametrize("code", ["411081101", "411081101000"])
def test_a_township_lies_within_its_county_though_the_tree_does_not_know_it(code: str) -> None:
    for outer in (code, "411081", "411000", "410000", "000000"):
        assert SHIPPED.places.contains(outer, code)
    assert not SHIPPED.places.contains("411082", code)


def test_a_finer_code_stands_as_it_is_where_its_start_is_known() -> None:
    place, industry, status = (SHIPPED.facts[key] for key in ("place", "industry", "status"))

    assert SHIPPED.code_of(place, "411081101") == "411081101"
    assert SHIPPED.code_of(place, "411081") == SHIPPED.code_of(place, "禹州市") == "411081"
    assert SHIPPED.code_of(place, "999999101") is None
    assert SHIPPED.code_of(place, "41108110") is None
    assert SHIPPED.code_of(industry, "C3489") == "C3489"
    assert SHIPPED.code_of(status, "存续") == SHIPPED.code_of(status, "active") == "active"
    assert SHIPPED.code_of(status, "开业中") is None
