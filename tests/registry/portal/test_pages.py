"""Guards: every page can be drawn with nothing but its own fields, and stays small."""

import re
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from matching.catalogue.load_catalogue import shipped_catalogue
from registry.portal.draw import TEMPLATES, asset, drawing
from registry.portal.page import Page
from tests.registry.portal.samples import beside, sample_pages

SAMPLES = sample_pages(shipped_catalogue())
VOID = {"meta", "link", "input", "img", "br", "rect"}


class Outline(HTMLParser):
    """Follows open elements, so that a forgotten end tag is found."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> ends something else"


def drawn(page: Page, *, demo: bool) -> str:
    environment = drawing(demo=demo, timezone=ZoneInfo("Asia/Shanghai"))
    return environment.get_template(page.template).render(page=page)


def test_every_page_has_a_sample_and_every_template_a_page() -> None:
    kinds = {type(page) for page in SAMPLES}

    assert kinds == set(Page.__subclasses__())
    assert {kind.template for kind in kinds} | {
        "base.html",
        "pieces.html",
        "exclusive.html",
        "samples.html",
        "ladder.html",
        "headers_asked.html",
    } == {path.name for path in TEMPLATES.glob("*.html")}


@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.parametrize("number", range(len(SAMPLES)))
def test_a_page_is_drawn_from_its_own_fields_alone(number: int, demo: bool) -> None:  # noqa: FBT001
    text = drawn(SAMPLES[number], demo=demo)

    outline = Outline()
    outline.feed(text)
    assert outline.open == []
    assert text.startswith("<!doctype html>")
    assert '<html lang="zh-CN">' in text
    assert "None" not in re.sub(r"<[^>]*>", "", text), "an unknown reached the reader as Python"


OUR_SCRIPTS = {f'<script type="module" src="{asset(name)}">' for name in ("review.js", "seek.js")}


@pytest.mark.parametrize("number", range(len(SAMPLES)))
def test_no_page_carries_script_or_style_of_its_own(number: int) -> None:
    outline = Outline()
    text = drawn(SAMPLES[number], demo=True)
    outline.feed(text)
    names = {name for name, _ in outline.attributes}

    assert set(re.findall(r"<script[^>]*>[^<]*", text)) <= OUR_SCRIPTS
    assert "<style" not in text
    assert not {name for name in names if name == "style" or name.startswith("on")}


@pytest.mark.parametrize("number", range(len(SAMPLES)))
def test_no_page_asks_another_house_for_anything(number: int) -> None:
    outline = Outline()
    outline.feed(drawn(SAMPLES[number], demo=True))
    addresses = [value or "" for name, value in outline.attributes if name in ("src", "href")]

    assert addresses
    assert [address for address in addresses if "//" in address] == []


def test_a_page_with_every_item_stays_small() -> None:
    for page in SAMPLES:
        assert len(drawn(page, demo=True).encode()) <= 100_000, page.template


def test_what_bears_on_an_item_is_drawn_with_partner_basis_and_amount() -> None:
    enterprise, *items = (drawn(page, demo=True) for page in beside())
    yields = items[1]

    assert "让位于" in yields
    assert "（按第一条）" in yields
    assert "本项原可给10万元" in yields
    assert "只能选其一，请选择本项或" in items[2]
    assert items[2].count("<b>10万元</b>") == 2
    assert "扣除此前已兑付的" in items[4]
    assert "本次给6万元" in items[4]
    assert "从高，不另给" in items[0]
    assert [word in enterprise for word in ("让位", "请选择")] == [True, True]
