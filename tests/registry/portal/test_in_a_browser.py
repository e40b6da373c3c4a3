"""The pages in a real browser, on a wide and on a phone screen; screenshots are kept in .artifacts."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from registry.app import create_app
from tests.registry.imports.making import code, csv_file
from tests.registry.portal.small_city import BAIYE, LANQI, NOW, QINGHE, city_settings

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
Theme = Literal["light", "dark"]
ARTIFACTS = Path(__file__).parents[3] / ".artifacts"
SCREENS = {"wide": (1440, 900), "phone": (390, 844)}
PAGES = {
    "home": "/",
    "search": "/search?q=示例",
    "nothing": "/search?q=查不到的名字",
    "enterprise": f"/enterprises/{LANQI}",
    "little-known": f"/enterprises/{BAIYE}",
    "ladder": f"/enterprises/{QINGHE}/ladder",
    "enterprise-item": f"/enterprises/{LANQI}/items/p13-title-award",
    "runs": "/runs",
    "run": "/runs/2026-10",
    "changes": "/runs/2026-10/changes",
    "items": "/items",
    "item": "/items/p13-title-award",
    "pool": "/pool",
    "correct": f"/enterprises/{LANQI}/correct?column=annual_revenue@2025",
    "correct-title": f"/enterprises/{LANQI}/correct?column=little_giant",
    "correct-which": f"/enterprises/{LANQI}/correct",
    "corrections": "/corrections",
    "imports": "/imports",
    "import-new": "/imports/new",
    "import": "/imports/1",
    "import-undo": "/imports/7/undo",
    "layouts": "/layouts",
    "layout": "/layouts/statistics-above-scale",
    "layout-new": "/layouts/new",
    "not-found": "/no-such-page",
}

SCIENCE_SHEET = csv_file(
    [
        ["高企收入情况（截至2026年9月30日）", "单位：万元"],
        ["统一信用代码", "单位", "2025年高新技术产品收入", "2025年研发人员（人）", "备注"],
        [code(3), "某某机械有限公司", "1200.5", "20", "已核"],
        [code(4), "另一软件有限公司", "800", "12", None],
    ]
)

pytestmark = pytest.mark.skipif(
    not Path(CHROMIUM).exists() and not os.environ.get("CI"),  # there it must be tried, and fail
    reason="no Chromium: set CHROMIUM, or run .ci/setup --tests",
)


@pytest.fixture(scope="module")
def address(city: Path) -> Iterator[str]:
    app = create_app(city_settings(city), clock=lambda: NOW, scheduled=False)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [held]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{held.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


def opened(browser: Browser, screen: str, theme: Theme) -> Page:
    width, height = SCREENS[screen]
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme=theme,
        viewport={"width": width, "height": height},
    )
    return context.new_page()


def overflow(page: Page) -> int:
    """Pixels a page is wider than the screen."""
    found: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_overflows_or_complains(
    address: str, browser: Browser, screen: str, theme: Theme
) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    page = opened(browser, screen, theme)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    for title, path in PAGES.items():
        page.goto(address + path)
        page.screenshot(path=ARTIFACTS / f"{title}-{screen}-{theme}.png", full_page=True)
        assert overflow(page) == 0, f"{path} is wider than the screen"
    # Chromium itself reports the one page that is asked for in vain.
    assert [said for said in complaints if "/no-such-page" not in said] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_a_visitor_finds_an_enterprise_and_reads_why(
    address: str, browser: Browser, screen: str
) -> None:
    page = opened(browser, screen, "light")
    page.goto(address)
    page.locator("input[name=q]").fill("岚砌示例")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="郑州岚砌示例智能装备有限公司").click()
    item = page.locator("details", has_text="小巨人、专精特新、单项冠军认定奖励").first
    item.locator("summary").click()

    item.get_by_text("200万元").first.wait_for(state="visible")
    item.get_by_text("所在区县属于郑州市").first.wait_for(state="visible")
    page.screenshot(path=ARTIFACTS / f"why-{screen}.png")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_clerk_sets_up_a_layout_from_a_sheet(
    address: str, browser: Browser, screen: str, theme: Theme
) -> None:
    page = opened(browser, screen, theme)
    page.goto(f"{address}/layouts")
    page.get_by_role("link", name="按一张新表设立版式").click()
    page.get_by_label("哪个部门的表").select_option("science")
    sheet = {"name": "高企收入情况.csv", "mimeType": "text/csv", "buffer": SCIENCE_SHEET}
    page.get_by_label("数据表").set_input_files(sheet)  # type: ignore[arg-type]  # a file's parts
    page.get_by_role("button", name="看看有哪些列").click()
    assert page.get_by_label("“备注”是什么").input_value() == "ignore"
    page.screenshot(path=ARTIFACTS / f"layout-set-up-{screen}-{theme}.png", full_page=True)
    assert overflow(page) == 0
    page.get_by_label("代号").fill("science-income")
    page.get_by_role("button", name="写成版式并试一遍").click()
    page.get_by_text("检查通过").wait_for()
    page.screenshot(path=ARTIFACTS / f"layout-text-{screen}-{theme}.png", full_page=True)
    assert overflow(page) == 0


@pytest.mark.parametrize("screen", SCREENS)
def test_a_clerk_confirms_headers_of_a_layout_that_is_near(
    address: str, browser: Browser, screen: str
) -> None:
    page = opened(browser, screen, "light")
    page.goto(f"{address}/layouts/new")
    page.get_by_label("哪个部门的表").select_option("tax")
    own = screen[0]  # each teaches headers of its own: what was taught once is known
    head = ("纳税人识别号", f"{own}纳税人全称", f"2025年{own}营业总收入（元）")
    rows = [["截至2026年9月30日"], head, [code(3), "某某机械有限公司", "5"]]
    sheet = {"name": "税务.csv", "mimeType": "text/csv", "buffer": csv_file(rows)}
    page.get_by_label("数据表").set_input_files(sheet)  # type: ignore[arg-type]  # a file's parts
    page.get_by_role("button", name="看看有哪些列").click()
    page.get_by_label("谁确认的").fill("某科")
    page.screenshot(path=ARTIFACTS / f"layout-near-{screen}.png", full_page=True)
    assert overflow(page) == 0
    page.get_by_role("button", name="记住勾选的表头").click()
    page.wait_for_url("**/layouts/tax-returns")
    page.screenshot(path=ARTIFACTS / f"layout-taught-{screen}.png", full_page=True)
    assert page.get_by_role("cell", name=f"{own}营业总收入", exact=True).is_visible()
    assert overflow(page) == 0


@pytest.mark.parametrize("screen", SCREENS)
def test_suggestions_are_used_by_keys_alone(address: str, browser: Browser, screen: str) -> None:
    page = opened(browser, screen, "light")
    page.goto(f"{address}/search")
    box = page.locator("input[name=q]")
    box.press_sequentially("岚砌示列")
    page.get_by_role("option", name="郑州岚砌示例智能装备有限公司").wait_for()
    page.screenshot(path=ARTIFACTS / f"suggestions-{screen}.png")
    assert box.get_attribute("aria-expanded") == "true"

    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/enterprises/{LANQI}")


def test_the_search_needs_no_script(address: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False, locale="zh-CN").new_page()
    page.goto(address)
    page.locator("input[name=q]").fill("lanqi shili")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")

    assert page.get_by_role("link", name="郑州岚砌示例智能装备有限公司").is_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_link_to_a_shared_condition_opens_it(address: str, browser: Browser, screen: str) -> None:
    page = opened(browser, screen, "light")
    page.goto(f"{address}/enterprises/{LANQI}#c-good_standing")

    assert page.locator("#c-good_standing").is_visible()


def test_the_first_key_leads_past_the_navigation(address: str, browser: Browser) -> None:
    page = opened(browser, "wide", "light")
    page.goto(f"{address}/items")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/items#main")

    page.wait_for_function("document.activeElement.id === 'main'")


def test_a_printed_page_shows_every_reason(address: str, browser: Browser) -> None:
    page = opened(browser, "wide", "light")
    page.goto(f"{address}/enterprises/{LANQI}")
    page.emulate_media(media="print")
    page.screenshot(path=ARTIFACTS / "enterprise-print.png", full_page=True)

    assert page.get_by_text("登记状态属于存续").first.is_visible()
    assert not page.locator("input[name=q]").is_visible()
