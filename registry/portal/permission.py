"""Who may see a route: each names it, and one guard reads it."""

from typing import Literal

from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler
from litestar.types import Scope

Permission = Literal["public", "demo"]

NEEDS_SIGN_IN = "needs sign-in"


def permitted(
    connection: ASGIConnection[BaseRouteHandler, object, object, State], handler: BaseRouteHandler
) -> None:
    """Refuse routes that name no permission, and private figures outside the demonstration."""
    match handler.opt.get("permission"):
        case "public":
            return
        case "demo":
            if not connection.app.state["demo"]:
                raise PermissionDeniedException(NEEDS_SIGN_IN)
        case _:
            raise PermissionDeniedException("this route names no permission")


def is_private(scope: Scope) -> bool:
    """Say whether an answer carries private figures and so must not be kept by anybody."""
    handler = scope.get("route_handler")
    return handler is not None and handler.opt.get("permission") == "demo"
