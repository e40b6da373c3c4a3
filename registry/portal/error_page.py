"""The page of an error: what happened, and the way on."""

import logging
from typing import Any, ClassVar

import msgspec
from litestar import Request
from litestar.exceptions import HTTPException
from litestar.response import Response, Template

from registry.portal.errors import NothingHere, NotUnderstood
from registry.portal.forms import REFUSED
from registry.portal.page import Page
from registry.portal.permission import NEEDS_SIGN_IN

log = logging.getLogger("registry.portal")


class Said(msgspec.Struct, frozen=True):
    """What is said of one status: title, what happened, the way on."""

    title: str
    what: str
    way_on: str


class ErrorPage(Page, frozen=True, kw_only=True):
    """All that error.html may use."""

    template: ClassVar[str] = "error.html"

    status: int
    title: str
    what: str
    way_on: str


SAID = {
    400: Said(
        "看不懂这个地址",
        "地址里有一项写得不对，系统没有猜测它的意思。",
        "请改正地址里的那一项，或从首页重新开始。",
    ),
    403: Said(
        "这一页不对外公开",
        "这个地址没有开放。",
        "如果您认为应当能看到它，请联系本系统的管理单位。",
    ),
    404: Said(
        "没有这一页",
        "地址可能写错了，或者这一页已经移走。",
        "可以在下面查找企业，或查看政策事项。",
    ),
    405: Said(
        "这一页不接受这样的请求",
        "这个地址只能用来查看。",
        "请从首页重新打开。",
    ),
    413: Said(
        "送来的内容太大",
        "文件或表单超过了本系统能接收的大小，没有收下。",
        "请把文件分成几份再送；确需更大，请管理单位调高 REGISTRY_LARGEST_UPLOAD。",
    ),
    500: Said(
        "系统出错了",
        "处理这一页时发生了没有预料到的错误，已经记录下来。您没有做错什么。",
        "请稍后再试；如果总是这样，请把地址和时间告诉本系统的管理单位。",
    ),
}
SIGN_IN = Said(
    "企业的具体数据需要登录后查看",
    "这一页有企业的非公开数据。登录功能还没有上线，所以现在不提供。",
    "政策事项和每月匹配的总数对所有人公开；登录上线后，企业可以查看自己的结果。",
)
FORM_REFUSED = Said(
    "这张表单已经失效",
    "表单的校验码与您的浏览器对不上：可能是页面打开得太久、浏览器不接受 Cookie，或请求来自别的网站。什么都没有改动。",
    "请返回上一页，刷新后重新填写提交。",
)
OTHER = Said("请求没有完成", "系统没有接受这个请求。", "请从首页重新开始。")

# Tells the reader what was wrong with the address he asked for.
_DETAILED = (NotUnderstood, NothingHere)


def page_of_error(error: Exception) -> ErrorPage:
    """Tell an error; nothing of its inside reaches the reader."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = SAID.get(status, OTHER if status < 500 else SAID[500])
    if isinstance(error, HTTPException) and error.detail == NEEDS_SIGN_IN:
        said = SIGN_IN
    if isinstance(error, HTTPException) and error.detail == REFUSED:
        said = FORM_REFUSED
    what = error.detail if isinstance(error, _DETAILED) else said.what
    return ErrorPage(status=status, title=said.title, what=what, way_on=said.way_on)


def show_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any] | Template:
    """Answer an error with its page; what we did not expect is logged."""
    page = page_of_error(error)
    if page.status >= 500:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return page.render(page.status)
