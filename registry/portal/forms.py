"""Forms that change something: each carries a token, so that no other site can send one in a visitor's name.

A template writes `{{ csrf_input|safe }}` inside each `<form method="post">`; Litestar fills it in and refuses
a form whose token is not the one in the visitor's cookie. A handler answers with `Redirect(…, status_code=303)`.
"""

from pathlib import Path

from litestar.config.csrf import CSRFConfig

from registry.secret_file import secret_in

SECRET_FILE = "forms.key"  # noqa: S105  a file's name
REFUSED = "CSRF token verification failed"
"""What Litestar says of a form without its token."""


def guarded_forms(data_dir: Path, *, demo: bool) -> CSRFConfig:
    """Guard the forms with the secret kept in the data folder; raises SecretUnusable.

    Kept, so that a form stays good over a restart and in every process. Only a demonstration is served
    without TLS: elsewhere the cookie is sent over nothing else.
    """
    without_it = "删除它即可，系统会另做一份，已打开的表单要重新打开"
    secret = secret_in(data_dir / SECRET_FILE, named="表单密钥", without_it=without_it)
    return CSRFConfig(
        secret=secret.hex(),
        cookie_name="form_token",
        cookie_secure=not demo,
        cookie_httponly=True,
        cookie_samesite="lax",
        exclude=["^/static/"],
    )
