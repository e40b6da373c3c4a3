"""Migrations of the engine; names start with the app, piccolo imports them by bare file name."""
