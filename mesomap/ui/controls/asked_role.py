"""What a control asks of who is at the computer; a container answers for everything in it that says nothing itself."""

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mesomap.domain.person import Role

_NAME = "mesomapAsksRole"
W = TypeVar("W", bound=QWidget)


def asks(widget: W, role: Role) -> W:
    """The control, or all controls in the container, rest for people without the role; returns it."""
    widget.setProperty(_NAME, role.value)
    return widget


def reads(widget: W) -> W:
    """Only looks, or leads somewhere: for everybody, whatever its container asks for; returns it."""
    return asks(widget, Role.READ)


def asked_role(widget: QWidget) -> Role:
    """What stands nearest: at the control itself or at a container around it; reading without any."""
    found: QObject | None = widget
    while found is not None:
        named = found.property(_NAME)
        if isinstance(named, str) and named:
            return Role(named)
        found = found.parent()
    return Role.READ
