"""How large a file may be: what is beyond is refused before it fills the memory."""

MOST_CELLS = 16_000_000
"""Rows times columns of the worksheets of a file: readers hold blank cells, too, at 70 bytes each."""
MOST_COLUMNS = 2_000
