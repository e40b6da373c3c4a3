"""A sheet handed in over the web: kept, previewed, and taken in once somebody has looked at it."""

import asyncio

import msgspec

from registry.actions.ask_headers import Choosing, HeadersAsked, HeadersNear, decided_headers
from registry.actions.import_outcome import ImportOutcome, Told
from registry.actions.import_sheets import PreviewOutdated, commit_sheet
from registry.actions.preview_sheet import preview_sheet
from registry.actions.preview_types import Preview
from registry.actions.read_sheet import HandedIn
from registry.imports.errors import SheetRefused
from registry.imports.teach import HeadersDecided
from registry.imports.types import Refusal
from registry.imports.uploads import Upload, Uploads

GONE = "没有这份待导入的文件：它已经导入，或上传已过一天；请重新上传"


class NoSuchUpload(Exception):
    """No such file waits to be taken in."""


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What was found out about a file.

    preview  None where the whole of it was refused.
    headers  what is to be decided of its headers; None: nothing.
    """

    upload: Upload
    preview: Preview | None
    refused: tuple[Refusal, ...]
    headers: HeadersAsked | None = None


class _Seen(msgspec.Struct, frozen=True, kw_only=True):
    preview: Preview | None
    refused: tuple[Refusal, ...]
    headers: HeadersAsked | None


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
    return Looked(upload=upload, preview=seen.preview, refused=seen.refused, headers=seen.headers)


async def decide_headers(
    sha256: str, choosing: Choosing | None, told: Told, uploads: Uploads
) -> None:
    """Decide on headers of a file and preview it anew; learned they are when it is taken in.

    choosing  None: take back all that was decided.

    Raises NoSuchUpload, and LayoutError with all that cannot be.
    """
    looked = await looked_at(sha256, uploads)
    decided: HeadersDecided | None = None
    if choosing is not None:
        asked = looked.headers
        if asked is None:
            raise NoSuchUpload("这份文件没有待确认的表头")
        decided = await decided_headers(asked, choosing, looked.upload.headers, told)
    file = await _file(looked.upload, uploads)
    upload = await asyncio.to_thread(uploads.decide, looked.upload, decided)
    await _look(upload, file, _as_given(told, upload), uploads)


async def commit_upload(sha256: str, token: str, told: Told, uploads: Uploads) -> ImportOutcome:
    """Take in a file as it was previewed.

    Raises NoSuchUpload; PreviewOutdated and SheetRefused, after which it has been previewed anew.
    """
    upload = uploads.find(sha256)
    if upload is None:
        raise NoSuchUpload(GONE)
    file = await _file(upload, uploads)
    as_given = _as_given(told, upload)
    try:
        outcome = await commit_sheet(file, as_given, token)
    except (PreviewOutdated, SheetRefused):
        await _look(upload, file, as_given, uploads)
        raise
    uploads.forget(sha256)
    return outcome


async def _file(upload: Upload, uploads: Uploads) -> HandedIn:
    data = await asyncio.to_thread(uploads.data, upload)
    if data is None:
        raise NoSuchUpload(GONE)
    return HandedIn(name=upload.file_name, data=data)


def _as_given(told: Told, upload: Upload) -> Told:
    return msgspec.structs.replace(told, observed_on=upload.observed_on, headers=upload.headers)


async def _look(upload: Upload, file: HandedIn, told: Told, uploads: Uploads) -> None:
    try:
        preview = await preview_sheet(file, told)
        seen = _Seen(preview=preview, refused=(), headers=preview.headers)
    except SheetRefused as refused:
        near = refused.headers if isinstance(refused, HeadersNear) else None
        seen = _Seen(preview=None, refused=refused.refusals, headers=near)
    uploads.note(upload.sha256, msgspec.json.encode(seen))
