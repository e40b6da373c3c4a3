"""Databases for tests: files of SQLite, and a PostgreSQL cluster of our own that lives as long as them."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"
"""Nothing here outlives the machine."""


class NoPostgres(Exception):
    """The tests need a real PostgreSQL and there is none."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of a server: PG_TEST_URL, or one started from the distribution's programs."""
    given = os.environ.get("PG_TEST_URL")
    if given:
        yield given
        return
    programs = _programs()
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="registry-tests-pg-"))
    if account:
        shutil.chown(folder, account)
    port = _free_port()
    initialise = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    start = ["-w", "-l", f"{folder}/log", "-o", f"-p {port} -k {folder} {QUICK}", "start"]
    try:
        _run([f"{programs}/initdb", "-D", f"{folder}/data", *initialise], folder, account)
        _run([f"{programs}/pg_ctl", "-D", f"{folder}/data", *start], folder, account)
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            stop = [f"{programs}/pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop"]
            _run(stop, folder, account)
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = [Path(os.environ.get("PG_BINDIR", "/none"))]
    found += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)
    )[::-1]
    for folder in found:
        if (folder / "initdb").exists():
            return folder
    raise NoPostgres(
        "no PostgreSQL: run .ci/setup --tests (it installs Debian's postgresql), "
        "or set PG_BINDIR to its programs, or PG_TEST_URL to a server where databases may be made"
    )


def _account() -> str | None:
    """PostgreSQL refuses to run as root; Debian's package makes an account for it."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[str], folder: Path, account: str | None) -> None:
    # Into a file, not a pipe: the server keeps what it inherits open.
    said = folder / "said"
    with said.open("w", encoding="utf-8") as out:
        done = subprocess.run(
            command,
            check=False,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            user=account,
            extra_groups=[] if account else None,
        )
    if done.returncode:
        raise NoPostgres(f"{' '.join(command)} failed:\n{said.read_text(encoding='utf-8')}")


def environment_for(url: str) -> Mapping[str, str]:
    """The environment in which a program started by a test uses this database."""
    return os.environ | {"REGISTRY_DATABASE_URL": url, "PYTHONWARNINGS": "error"}
