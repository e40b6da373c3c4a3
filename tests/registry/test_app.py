"""The wiring: permissions, headers, errors and static files of the whole service."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar, get
from litestar.handlers import HTTPRouteHandler
from litestar.testing import TestClient

from registry.app import create_app
from registry.portal.security_headers import HEADERS
from tests.registry.portal.small_city import NOW, city_settings


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return create_app(city_settings(tmp_path), clock=lambda: NOW, scheduled=False)


@pytest.fixture
def client(app: Litestar) -> Iterator[TestClient[Litestar]]:
    @get("/broken", permission="public")
    async def broken() -> None:
        raise ValueError("the inside of the house")

    @get("/unnamed")
    async def unnamed() -> str:
        return "anybody may see this"

    app.register(broken)
    app.register(unnamed)
    with TestClient(app, raise_server_exceptions=False) as visitor:
        yield visitor


def handlers(app: Litestar) -> Iterator[HTTPRouteHandler]:
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if handler.http_methods != {"OPTIONS"}:
                yield handler


def test_every_route_names_a_permission(app: Litestar) -> None:
    unnamed = [h.paths for h in handlers(app) if h.opt.get("permission") not in ("public", "demo")]

    assert unnamed == []


def test_every_page_of_an_enterprise_is_private(app: Litestar) -> None:
    private = [h for h in handlers(app) if any(path.startswith("/enterprises") for path in h.paths)]

    assert len(private) == 7
    assert {h.opt["permission"] for h in private} == {"demo"}


def test_a_route_that_names_no_permission_is_refused(client: TestClient[Litestar]) -> None:
    assert client.get("/unnamed").status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/search", 200),
        ("GET", "/static/site.css", 200),
        ("GET", "/no-such-page", 404),
        ("GET", "/unnamed", 403),
        ("GET", "/broken", 500),
        ("POST", "/search", 405),
        ("OPTIONS", "/search", 403),
        ("GET", "/enterprises/1?on=x", 400),
        ("GET", "/enterprises/../../etc/passwd", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/no-such-file.css", 404),
    ],
)
def test_every_answer_carries_the_security_headers(
    client: TestClient[Litestar], method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)

    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["cache-control"]


def test_an_error_tells_the_way_on_and_nothing_of_the_inside(
    client: TestClient[Litestar], caplog: pytest.LogCaptureFixture
) -> None:
    page = client.get("/broken")

    assert "系统出错了" in page.text
    assert "请稍后再试" in page.text
    assert "the inside of the house" not in page.text
    assert "the inside of the house" in caplog.text


def test_an_error_page_is_a_page(client: TestClient[Litestar]) -> None:
    page = client.get("/no-such-page")

    assert page.headers["content-type"].startswith("text/html")
    assert 'action="/search"' in page.text


def test_static_files_may_be_kept_for_a_year(client: TestClient[Litestar]) -> None:
    kept = client.get("/static/site.css").headers["cache-control"]

    assert "max-age=31536000" in kept
    assert "immutable" in kept


def test_pages_are_compressed(client: TestClient[Litestar]) -> None:
    page = client.get("/search", headers={"accept-encoding": "gzip"})

    assert page.headers["content-encoding"] == "gzip"


def test_the_clock_is_read_only_where_the_service_is_wired() -> None:
    portal = Path(__file__).parents[2] / "registry" / "portal"

    for path in portal.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert ".now(" not in text, path.name
        assert "date.today" not in text, path.name
