"""A chosen product that matches a recorded allergy waits for a reason; everything else is recorded at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from mesomap.domain.session import Mixture
from mesomap.services.mixing import allergy_matches, answered, unanswered
from mesomap.ui.mixtures.card import MixtureCard
from mesomap.ui.session_model import SessionModel


class ReasonGate(QObject):
    """record(mixtures) is called once every match has its reason; told() when the card is to ask for one."""

    def __init__(
        self,
        model: SessionModel,
        card: Callable[[], MixtureCard],
        record: Callable[[tuple[Mixture, ...]], None],
        told: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._model, self._card, self._record, self._told = model, card, record, told
        self._pending: tuple[Mixture, ...] = ()

    @property
    def waits(self) -> bool:
        """True while a reason is asked for."""
        return bool(self._pending)

    def forget(self) -> None:
        """Nothing waits any more."""
        if self._pending:
            self._pending = ()
            self._card().ask_reason("")

    def answer(self, reason: str | None) -> None:
        """The first open line has its reason, or is left out (None)."""
        self.propose(answered(self._pending, self._model.service.patient, reason))

    def propose(self, mixtures: tuple[Mixture, ...]) -> None:
        """Record them, or ask about the first line that matches a recorded allergy and has no reason."""
        patient = self._model.service.patient
        for mixture in mixtures:
            lines = mixture.details.lines if mixture.details is not None else ()
            for line in unanswered(lines, patient):
                self._pending = mixtures
                words = ", ".join(allergy_matches(line, patient.allergies))
                self._card().ask_reason(
                    self.tr("{0} matches the recorded allergy “{1}”.").format(line.product_name, words)
                )
                self._told()
                return
        self.forget()
        self._record(mixtures)
