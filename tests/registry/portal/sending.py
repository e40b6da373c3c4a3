"""Sending forms as a visitor's browser does: with the token of the page it was shown on."""

import re
from collections.abc import Mapping

import httpx
from litestar import Litestar
from litestar.testing import TestClient

File = tuple[str, bytes]

_TOKEN = re.compile(r'name="_csrf_token" value="([0-9a-f]+)"')


def send(
    client: TestClient[Litestar],
    shown_on: str,
    to: str,
    fields: Mapping[str, str | list[str]],
    files: Mapping[str, File] | None = None,
) -> httpx.Response:
    """Open the page a form stands on, then send it; redirects are followed, as browsers do."""
    token = _TOKEN.search(client.get(shown_on).text)
    assert token is not None, f"{shown_on} has no form that changes something"
    return client.post(
        to,
        data={"_csrf_token": token[1], **fields},
        files=dict(files) if files else None,
        follow_redirects=True,
    )
