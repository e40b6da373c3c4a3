"""Reading a file, whatever its name says it is: its first bytes decide."""

from registry.imports.errors import whole_file
from registry.imports.read_csv import read_csv
from registry.imports.read_workbook import read_workbook
from registry.imports.types import Grid

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_file(file_name: str, data: bytes) -> tuple[Grid, ...]:
    """Give the worksheets of a file; raises SheetRefused where it is no spreadsheet."""
    if not data.strip():
        raise whole_file(file_name, "文件是空的", "确认选对了文件，重新导出")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise whole_file(file_name, "工作簿加了密码", "打开后去掉密码，另存为 .xlsx 再导入")
        raise whole_file(file_name, "是旧的 .xls 格式", "用 Excel 或 WPS 打开，另存为 .xlsx 再导入")
    if data.startswith(_ZIP):
        return read_workbook(file_name, data)
    return (read_csv(file_name, data),)
