"""The protocol of a course at the chair: fitted beside the window, shown on its card, planned in one step."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mesomap.domain.course import Course
from mesomap.domain.errors import MesoMapError
from mesomap.domain.protocol import Protocol
from mesomap.services import courses
from mesomap.services.protocol_plan import Part, StepFit, fitted, lay_protocol, needs_of, parts_of
from mesomap.services.protocols import protocol_of
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.courses.course_words import place_words
from mesomap.ui.courses.protocol_card import ProtocolCard
from mesomap.ui.dialogs.ask_form import AskForm
from mesomap.ui.session_model import SessionModel

#: Setting with the size of the syringe chosen last, mL.
_SYRINGE = "syringe_ml"


class ProtocolDesk(QObject):
    """laid: the plan lies on the body; last_time_asked: the last session is wanted instead."""

    laid = Signal()
    last_time_asked = Signal()

    def __init__(self, model: SessionModel, page: QWidget) -> None:
        super().__init__(page)
        self._model = model
        self._beside = BesideTheWindow(self)
        self._courses: tuple[tuple[Course, Protocol], ...] = ()
        self._row = 0
        self._entered: dict[int, dict[str, float | None]] = {}
        self._fits: tuple[StepFit, ...] = ()
        self._parts: tuple[Part, ...] = ()
        self._turn = 0
        #: Whether the session belongs to a course, as plan_words() found it.
        self.in_course = False
        self._plan_words: tuple[frozenset[UUID], str] = (frozenset(), "")
        self.card = ProtocolCard(model.atlas, page)
        self.card.course_chosen.connect(self._choose)
        self.card.value_changed.connect(self._value_entered)
        self.card.syringe_chosen.connect(self._choose_syringe)
        self.card.planned.connect(self._plan)
        self.card.last_time_asked.connect(self.last_time_asked)

    def look_up(self) -> bool:
        """Whether this session belongs, or may belong, to a course with a protocol."""
        found: list[tuple[Course, Protocol]] = []
        self._model.attempt(lambda: found.extend(self._known()))
        self._courses = tuple(found)
        self._row = 0
        return bool(found)

    @property
    def is_first(self) -> bool:
        """Whether this session is, or would be, the first of its course: there is no last time of it."""
        session_id = self._model.service.session.id
        return all((course.number_of(session_id) or course.done + 1) == 1 for course, _ in self._courses)

    def _known(self) -> list[tuple[Course, Protocol]]:
        practice, session = self._model.service.practice, self._model.service.session
        place = courses.place_of(practice, session.id)
        held = (place.course,) if place is not None else courses.to_join(practice, session.patient_id)
        pairs = [(course, protocol_of(practice, course)) for course in held]
        return [(course, protocol) for course, protocol in pairs if protocol is not None and protocol.steps]

    def open(self, *, has_last: bool) -> None:
        """Show the card and fit the protocol; nothing when the session can belong to no course."""
        if not self._courses and not self.look_up():
            return
        self.card.last_button.setVisible(has_last)
        self._choose(0)
        self.card.show()
        self.card.raise_()
        self.card.plan_button.setFocus()

    def plan_words(self) -> str:
        """What the plan of this session was laid after: the name of a protocol, "" = the last session."""
        sources = frozenset(planned.source_mark_id for planned in self._model.plan.marks)
        if self._plan_words[0] != sources:
            known: list[tuple[Course, Protocol]] = []
            self._model.attempt(lambda: known.extend(self._known()))
            self.in_course = any(course.number_of(self._model.service.session.id) for course, _ in known)
            name = next((course.protocol_name for course, protocol in known if protocol.id in sources), "")
            self._plan_words = (sources, name)
        return self._plan_words[1]

    def ask_deviation(self, parent: QWidget) -> None:
        """In which way this session is not as its course planned it, and why; kept with the course."""
        practice, session_id = self._model.service.practice, self._model.service.session.id
        found: list[courses.CoursePlace | None] = []
        if not self._model.attempt(lambda: found.append(courses.place_of(practice, session_id))) or found[0] is None:
            return
        course = found[0].course
        position = next(row for row, visit in enumerate(course.visits) if visit.session_id == session_id)

        def record(values: Mapping[str, str]) -> None:
            courses.note_deviation(practice, course, position, values["words"])

        form = AskForm(self.tr("Not as planned"), self.tr("Record"), record, parent)
        form.add_text("words", self.tr("What was different, and why"), course.visits[position].deviation)
        form.ask()

    # -- inside

    def _choose(self, row: int) -> None:
        self._row, self._entered = row, {}
        names = [f"{course.protocol_name}: {self._place(course)}" for course, _ in self._courses]
        course, _ = self._courses[row]
        self.card.show_courses(names, row, f"{self._place(course)} · {course.protocol_name}")
        self._fit(anew=True)

    def _place(self, course: Course) -> str:
        number = course.number_of(self._model.service.session.id)
        if number is not None:
            return place_words(number, course.planned)
        return place_words(course.done + 1, course.planned)

    def _fit(self, *, anew: bool) -> None:
        model, (_, protocol) = self._model, self._courses[self._row]
        try:
            self._fits = fitted(model.service, protocol, self._entered)
        except MesoMapError as error:
            model.told.emit(error.sentence)
            return
        if anew:
            self.card.show_fits(self._fits)
        else:
            self.card.show_values(self._fits)
        self._turn += 1
        turn, fits = self._turn, self._fits
        self._beside.run(
            lambda _progress: parts_of(model.service, fits),
            done=lambda parts: self._fitted(turn, parts),
            failed=self._refused,
        )

    def _fitted(self, turn: int, parts: tuple[Part, ...]) -> None:
        if turn != self._turn:
            return
        self._parts = parts
        self.card.show_parts(parts, needs_of(parts), self._syringe())
        scale = self._model.service.scale
        words = self.tr("Estimate: even patterns on this body, length {0} of the reference size ({1}).")
        self.card.show_basis(words.format(f"{scale.length:.3f}", scale.basis) if parts else "")

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self._parts = ()
        self.card.show_parts((), (), None)
        self._model.told.emit(error.sentence)

    def _value_entered(self, step: int, name: str, value: Any) -> None:
        known = self._entered.setdefault(step, {})
        if known.get(name) == value:
            return
        known[name] = value
        self._fit(anew=False)

    def _syringe(self) -> float | None:
        kept = self._model.service.practice.setting(_SYRINGE)
        return float(kept) if isinstance(kept, int | float) and kept > 0 else None

    def _choose_syringe(self, size_ml: float) -> None:
        self._model.attempt(lambda: self._model.service.practice.set_setting(_SYRINGE, size_ml))
        self.card.show_needs(needs_of(self._parts), size_ml)

    def _plan(self, region_ids: Collection[str]) -> None:
        """The plan on the body, and the session in its course."""
        # A value entered a moment ago may still be on its way to the pattern.
        self._beside.finish()
        model, (course, protocol) = self._model, self._courses[self._row]
        words = self.tr("Planned after {0}").format(course.protocol_name)
        if not model.act(lambda: lay_protocol(model.service, protocol, self._parts, region_ids), words):
            return
        session_id = model.service.session.id
        if course.number_of(session_id) is None:
            model.attempt(lambda: courses.join(model.service.practice, course, session_id))
        model.choice_changed.emit()
        self.laid.emit()
