"""The tables of the engine, for Piccolo's migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="matching",
    migrations_folder_path=Path(__file__).parents[1] / "migrations" / "matching",
    table_classes=table_finder(
        ["matching.runs.tables", "matching.notices.tables"], exclude_imported=True
    ),
)
