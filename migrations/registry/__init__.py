"""Migrations of the service; names start with the app, piccolo imports them by bare file name."""
