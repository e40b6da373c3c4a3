"""The mode of an item on its page: the word, the reason, the readiness and what to mind."""

from litestar import Litestar
from litestar.testing import TestClient

from matching.catalogue.load_catalogue import shipped_catalogue
from registry.portal.tell_mode import mode_word, tell_mode
from tests.registry.portal.samples import ON

CATALOGUE = shipped_catalogue()


def test_a_tie_to_a_place_is_shown_as_the_reason_to_look() -> None:
    item = CATALOGUE.item("p30-xinmi-regional-board")
    assert item is not None
    told = tell_mode(item, CATALOGUE, ON)

    assert told.word == mode_word(item, CATALOGUE, ON) == "不自动"
    assert {label for label, _ in told.findings} == {"与迁入、纳税地或统计地挂钩"}
    assert "公平竞争审查" in told.findings[0][1]


def test_the_page_says_how_an_item_can_be_had_and_what_would_help(
    client: TestClient[Litestar],
) -> None:
    item = CATALOGUE.item("p54-hubei-cloud-voucher")
    assert item is not None
    text = client.get(f"/items/{item.id}").text

    told = tell_mode(item, CATALOGUE, ON)
    for said in (told.word, told.reason, f"{told.readiness} 分", *told.raises):
        assert said in text
    assert "免申即享" in client.get("/items").text
