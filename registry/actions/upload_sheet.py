"""A sheet handed in over the web: kept, previewed, and taken in once somebody has looked at it."""

import asyncio

import msgspec

from registry.actions.import_outcome import ImportOutcome, Told
from registry.actions.import_sheets import PreviewOutdated, commit_sheet
from registry.actions.preview_sheet import preview_sheet
from registry.actions.preview_types import Preview
from registry.actions.read_sheet import HandedIn
from registry.imports.errors import SheetRefused
from registry.imports.types import Refusal
from registry.imports.uploads import Upload, Uploads

GONE = "没有这份待导入的文件：它已经导入，或上传已过一天；请重新上传"


class NoSuchUpload(Exception):
    """No such file waits to be taken in."""


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What was found out about a file; `preview`: None where the whole of it was refused."""

    upload: Upload
    preview: Preview | None
    refused: tuple[Refusal, ...]


class _Seen(msgspec.Struct, frozen=True, kw_only=True):
    preview: Preview | None
    refused: tuple[Refusal, ...]


async def receive_upload(file: HandedIn, told: Told, uploads: Uploads) -> Upload:
    """Keep a file and preview it."""
    upload = await asyncio.to_thread(
        uploads.keep, file.name, file.data, told.observed_on, told.recorded_at
    )
    await _look(upload, file, told, uploads)
    return upload


async def looked_at(sha256: str, uploads: Uploads) -> Looked:
    """Give what was found out about a file; raises NoSuchUpload."""
    upload, noted = uploads.find(sha256), uploads.noted(sha256)
    if upload is None or noted is None:
        raise NoSuchUpload(GONE)
    seen = msgspec.json.decode(noted, type=_Seen)
    return Looked(upload=upload, preview=seen.preview, refused=seen.refused)


async def commit_upload(sha256: str, token: str, told: Told, uploads: Uploads) -> ImportOutcome:
    """Take in a file as it was previewed.

    Raises NoSuchUpload; PreviewOutdated and SheetRefused, after which it has been previewed anew.
    """
    upload = uploads.find(sha256)
    data = None if upload is None else await asyncio.to_thread(uploads.data, upload)
    if upload is None or data is None:
        raise NoSuchUpload(GONE)
    file = HandedIn(name=upload.file_name, data=data)
    as_given = msgspec.structs.replace(told, observed_on=upload.observed_on)
    try:
        outcome = await commit_sheet(file, as_given, token)
    except (PreviewOutdated, SheetRefused):
        await _look(upload, file, as_given, uploads)
        raise
    uploads.forget(sha256)
    return outcome


async def _look(upload: Upload, file: HandedIn, told: Told, uploads: Uploads) -> None:
    try:
        seen = _Seen(preview=await preview_sheet(file, told), refused=())
    except SheetRefused as refused:
        seen = _Seen(preview=None, refused=refused.refusals)
    uploads.note(upload.sha256, msgspec.json.encode(seen))
