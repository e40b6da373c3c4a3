"""The database: one engine for SQLite and one for PostgreSQL that behave alike, fast bulk ways, locks."""
