"""Enterprises: the legal units, their names and where to reach them."""
