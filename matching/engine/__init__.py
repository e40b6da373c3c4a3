"""Decide, pay, explain: three-valued verdicts over columns."""
