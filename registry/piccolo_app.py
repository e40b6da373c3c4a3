"""The tables of the service, for Piccolo's migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="registry",
    migrations_folder_path=Path(__file__).parents[1] / "migrations" / "registry",
    table_classes=table_finder(
        [
            "registry.audit.tables",
            "registry.cases.tables",
            "registry.corrections.tables",
            "registry.enterprises.tables",
            "registry.funds.tables",
            "registry.identity.tables",
            "registry.imports.tables",
            "registry.people.tables",
            "registry.pool.tables",
            "registry.profiles.tables",
        ],
        exclude_imported=True,
    ),
)
