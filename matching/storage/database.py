"""Which database this process uses, and how to get at it.

Piccolo finds the engine as `DB` in the module that PICCOLO_CONF names, here registry.piccolo_conf,
made from REGISTRY_DATABASE_URL. use_engine() puts another in its place: tests do, and migrate().
"""

import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from piccolo.conf.apps import Finder
from piccolo.engine.finder import engine_finder
from piccolo.engine.sqlite import TransactionType
from piccolo.table import TABLE_REGISTRY

from matching.storage.errors import BadDatabaseUrl
from matching.storage.postgres_engine import PooledPostgresEngine, PooledPostgresTransaction
from matching.storage.sqlite_engine import PooledSQLiteEngine, PooledSQLiteTransaction

Database = PooledSQLiteEngine | PooledPostgresEngine

os.environ.setdefault("PICCOLO_CONF", "registry.piccolo_conf")

_EXAMPLES = (
    "例如 sqlite:////var/lib/registry/registry.sqlite 或 postgresql://user@host:5432/registry"
)


def absolute_url(url: str) -> str:
    """Give the same address with a SQLite file made absolute: it must not follow a chdir."""
    scheme, _, rest = url.partition("://")
    if scheme in {"postgresql", "postgres"}:
        try:
            parts = urlsplit(url)
            usable = parts.port != 0 and parts.path.strip("/")
        except ValueError:
            usable = ""
        if not usable:
            raise BadDatabaseUrl(f"PostgreSQL 地址缺少数据库名或端口不是数字；{_EXAMPLES}")
        return url
    if scheme != "sqlite":
        raise BadDatabaseUrl(f"数据库地址应以 sqlite:/// 或 postgresql:// 开头；{_EXAMPLES}")
    if not rest.startswith("/") or rest in {"/", "/:memory:"}:
        raise BadDatabaseUrl(f"sqlite:/// 之后应是数据库文件的路径；{_EXAMPLES}")
    return f"sqlite:///{Path(rest[1:]).expanduser().absolute()}"


def make_engine(url: str) -> Database:
    """Make an engine for this address; it connects to nothing before its first query."""
    url = absolute_url(url)
    if url.startswith("sqlite:"):
        return PooledSQLiteEngine(Path(url.removeprefix("sqlite:///")))
    return PooledPostgresEngine(url)


def engine() -> Database:
    """Give the engine of this process."""
    found = engine_finder()
    if not isinstance(found, Database):
        raise TypeError(
            f"{os.environ['PICCOLO_CONF']}.DB must come from make_engine, not {found!r}"
        )
    return found


def use_engine(chosen: Database) -> None:
    """Make this the engine of the process, for the tables already used as well."""
    conf = Finder().get_piccolo_conf_module()
    if conf is None:
        raise ModuleNotFoundError(os.environ["PICCOLO_CONF"])
    conf.DB = chosen
    for table in TABLE_REGISTRY:
        table._meta.db = chosen  # noqa: SLF001  # piccolo's documented place for it


def engine_kind(database: Database) -> Literal["sqlite", "postgres"]:
    """Tell the dialect, for the few statements that differ."""
    return "sqlite" if isinstance(database, PooledSQLiteEngine) else "postgres"


def snapshot() -> PooledSQLiteTransaction | PooledPostgresTransaction:
    """Begin a transaction that only reads, and sees one state of the database throughout."""
    database = engine()
    if isinstance(database, PooledSQLiteEngine):
        return database.transaction(TransactionType.deferred)
    return database.snapshot()
