"""What a tab of the patient's page or a section of the practice's page is given."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, TypeVar, runtime_checkable
from uuid import UUID

import shiboken6
from PySide6.QtWidgets import QWidget

from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.patient import Patient
from mesomap.domain.person import Role
from mesomap.services import Practice
from mesomap.services.background import Progress
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.controls.asked_role import asks
from mesomap.ui.desk import Desk

T = TypeVar("T")


@dataclass(frozen=True)
class PageContext:
    """The open practice, the patient of the page (None on the practice's page), and the ways out of the page.

    say: a failure in one sentence. changed: something of the patient was recorded, so that the head is renewed.
    lock: closes the practice; the passphrase is needed again.
    """

    desk: Desk
    beside: BesideTheWindow
    say: Callable[[str], None]
    open_session: Callable[[UUID], None]
    new_session: Callable[[UUID], None]
    open_patient: Callable[[UUID], None]
    changed: Callable[[], None]
    patient_id: UUID | None = None
    lock: Callable[[], None] = lambda: None

    @property
    def practice(self) -> Practice:
        """The open practice. Raises BadInputError once it is locked."""
        if self.desk.practice is None:
            raise BadInputError("The practice is closed. Unlock it again; everything that was saved is there.")
        return self.desk.practice

    @property
    def patient(self) -> Patient:
        """The patient of the page, as recorded now. Raises BadInputError or NotFoundError."""
        if self.patient_id is None:
            raise BadInputError("This page is about no patient.")
        return self.practice.patient(self.patient_id)

    def work(
        self,
        part: QWidget,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        progress: Progress | None = None,
    ) -> None:
        """Work beside the window for a tab or section, which may be gone when it is over: the work is done all the
        same, and a failure is said where the window says such things.
        """

        def over(result: T) -> None:
            if shiboken6.isValid(part):
                done(result)

        def broke(error: Exception) -> None:
            if shiboken6.isValid(part):
                failed(error)
            elif isinstance(error, MesoMapError):
                self.say(error.sentence)
            else:
                raise error

        def moved(share: float, words: str) -> None:
            if progress is not None and shiboken6.isValid(part):
                progress(share, words)

        self.beside.run(work, done=over, failed=broke, progress=None if progress is None else moved)


@runtime_checkable
class Refreshed(Protocol):
    """A tab or section that can be brought up to date when it is shown again."""

    def refresh(self) -> None:
        """Read again what is shown."""
        ...


@dataclass(frozen=True)
class Part:
    """A tab or section: key, title (translated when it is shown), and "module:class" within mesomap.ui, loaded when
    first opened.

    The class is called with a PageContext. role: what its controls ask for, but for those that say otherwise.
    """

    key: str
    title: str
    maker: str
    role: Role = Role.READ

    def make(self, context: PageContext) -> QWidget:
        """The widget."""
        module, name = self.maker.split(":")
        made = getattr(import_module(f"mesomap.ui.{module}"), name)(context)
        assert isinstance(made, QWidget)
        return asks(made, self.role)


def parts(*rows: tuple[str, object, str, Role]) -> tuple[Part, ...]:
    """Parts in their order; the title as QT_TRANSLATE_NOOP gives it, whose type its stub does not know."""
    return tuple(Part(key, str(title), maker, role) for key, title, maker, role in rows)
