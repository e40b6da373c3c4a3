"""Forms that change something are taken only from a page of ours that the visitor was shown."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar, get, post
from litestar.response import Response
from litestar.testing import TestClient

from registry.app import create_app
from registry.portal.draw import TEMPLATES
from registry.portal.forms import SECRET_FILE, guarded_forms
from registry.secret_file import SecretUnusable
from tests.registry.portal.small_city import NOW, city_settings

FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)


def visitor(folder: Path, *, demo: bool = True) -> TestClient[Litestar]:
    """A visitor of a service that counts what it is told to change."""

    @get("/form", permission="public")
    async def form() -> str:
        return "a form"

    @post("/change", permission="public")
    async def change() -> Response[str]:
        return Response("changed", status_code=200)

    app = create_app(city_settings(folder, demo=demo), clock=lambda: NOW, scheduled=False)
    app.register(form)
    app.register(change)
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient[Litestar]]:
    with visitor(tmp_path) as opened:
        yield opened


def test_a_form_with_the_token_of_its_page_is_taken(client: TestClient[Litestar]) -> None:
    client.get("/form")
    token = client.cookies["form_token"]

    assert client.post("/change", data={"_csrf_token": token}).text == "changed"


@pytest.mark.parametrize("token", [None, "", "0" * 128, "x"])
def test_a_form_of_another_house_is_refused_with_the_way_out(
    client: TestClient[Litestar], token: str | None
) -> None:
    client.get("/form")
    answer = client.post("/change", data={} if token is None else {"_csrf_token": token})

    assert answer.status_code == 403
    assert "这张表单已经失效" in answer.text
    assert "什么都没有改动" in answer.text


def test_a_token_without_the_cookie_is_refused(client: TestClient[Litestar]) -> None:
    client.get("/form")
    token = client.cookies["form_token"]
    client.cookies.clear()

    assert client.post("/change", data={"_csrf_token": token}).status_code == 403


def test_a_form_stays_good_when_the_service_is_started_again(tmp_path: Path) -> None:
    with visitor(tmp_path) as before:
        before.get("/form")
        token = before.cookies["form_token"]
    with visitor(tmp_path) as after:
        after.cookies.set("form_token", token)

        assert after.post("/change", data={"_csrf_token": token}).text == "changed"


@pytest.mark.parametrize("demo", [True, False])
def test_no_script_and_no_other_site_gets_the_token(tmp_path: Path, *, demo: bool) -> None:
    with visitor(tmp_path, demo=demo) as opened:
        kept = opened.get("/form").headers["set-cookie"].lower()

    assert "httponly" in kept
    assert "samesite=lax" in kept
    assert ("secure" in kept) is not demo


def test_files_that_others_may_keep_carry_no_token(client: TestClient[Litestar]) -> None:
    assert "set-cookie" not in client.get("/static/site.css").headers


def test_half_a_key_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / SECRET_FILE).write_bytes(b"short")

    with pytest.raises(SecretUnusable, match="删除它即可"):
        guarded_forms(tmp_path, demo=True)


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_every_form_that_changes_something_carries_its_token(path: Path) -> None:
    for form in FORM.findall(path.read_text(encoding="utf-8")):
        assert "{{ csrf_input|safe }}" in form, form[:120]
