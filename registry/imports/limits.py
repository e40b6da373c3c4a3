"""How large a file may be: what is beyond is refused before it fills the memory."""

from registry.imports.errors import whole_file

MOST_CELLS = 16_000_000
"""Rows times columns of the worksheets of a file: readers hold blank cells, too, at 70 bytes each."""
MOST_COLUMNS = 2_000


def in_words(size_bytes: int) -> str:
    """Say a size: "2.4 MB"."""
    return f"{size_bytes / 1024**2:,.1f}".removesuffix(".0") + " MB"


def refuse_large(file_name: str, size_bytes: int, largest_bytes: int) -> None:
    """Raise SheetRefused for a file of more bytes than one may have; call it before reading."""
    if size_bytes > largest_bytes:
        problem = f"文件有{in_words(size_bytes)}，超过一次可收的{in_words(largest_bytes)}"
        way_out = "拆成几个文件；确需更大，请管理员调高 REGISTRY_LARGEST_UPLOAD"
        raise whole_file(file_name, problem, way_out)
