"""Joins the mixture card to the session: what is scanned, picked and tapped there becomes the record of a letter."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mesomap.commands.mixtures import Prepare, PrepareSeveral
from mesomap.domain.errors import MesoMapError
from mesomap.domain.mixing import mixed_substances, mixed_volume
from mesomap.domain.mixture import MixtureDetails, MixtureLine
from mesomap.domain.session import Mixture
from mesomap.services.mixing import (
    RED,
    LineNotice,
    Offered,
    allergy_matches,
    answered,
    from_favourite,
    last_mixtures,
    line_of,
    notices,
    unanswered,
)
from mesomap.services.practice import Practice
from mesomap.services.shelf import Shelf, add_favourite, read_shelf
from mesomap.ui.mixtures.card import MixtureCard
from mesomap.ui.mixtures.entry import ProductEntry
from mesomap.ui.mixtures.line_row import LineRow
from mesomap.ui.mixtures.words import ml, notice_words
from mesomap.ui.session_model import SessionModel

_LAST = "last"


class MixingDesk(QObject):
    """Holds the card; reads the shelf when the card opens and after every entry. changed: what is offered did."""

    changed = Signal()

    def __init__(self, model: SessionModel, page: QWidget) -> None:
        super().__init__(page)
        self._model = model
        self.card = MixtureCard(page)
        self._shelf: Shelf | None = None
        self._last: tuple[Offered, ...] | None = None
        self._pending: tuple[Mixture, ...] = ()
        self.entry = ProductEntry(self)
        card = self.card
        card.offer_taken.connect(self.take_offer)
        card.kept.connect(lambda _name: self._keep())
        card.reason_given.connect(self._reason)
        card.reason_refused.connect(self._leave_out)
        card.preparation.changed.connect(self._set)
        card.preparation.refused.connect(model.told)
        card.cleared.connect(lambda: self._commit(Prepare(model.service.session, self.letter, None)))
        model.session_taken.connect(self.forget)

    # -- what others ask

    @property
    def letter(self) -> str:
        """The mixture of the moment."""
        return self._model.choice.mixture or "A"

    @property
    def shelf(self) -> Shelf:
        """Products and lots, read when first needed."""
        if self._shelf is None:
            self._shelf = read_shelf(self._model.service.practice, self._day)
        return self._shelf

    @property
    def practice(self) -> Practice:
        """The open practice."""
        return self._model.service.practice

    def read_again(self) -> None:
        """Something was put on the shelf."""
        self._shelf = None

    def forget(self) -> None:
        """Read the shelf and last time's mixtures anew when they are next needed."""
        self._shelf = self._last = None
        self._pending = ()

    def details(self, letter: str | None = None) -> MixtureDetails:
        """What is recorded of a letter; empty when nothing is."""
        mixture = self._model.service.session.mixture(letter or self.letter)
        return mixture.details if mixture is not None and mixture.details is not None else MixtureDetails()

    def opened(self) -> None:
        """The card opens: the shelf may have changed meanwhile."""
        self._shelf = None
        self.refresh()

    def warned(self) -> dict[str, tuple[str, ...]]:
        """Sentences in red by letter."""
        letters = [mixture.letter for mixture in self._model.service.session.mixtures if mixture.details is not None]
        return {letter: self.warnings(letter) for letter in letters}

    def warnings(self, letter: str) -> tuple[str, ...]:
        """Sentences in red on a mixture: a recorded allergy, an expired or recalled lot."""
        lines = self.details(letter).lines
        if not lines:
            return ()
        found = ((line, notice) for line in lines for notice in self._notices(line) if notice.kind in RED)
        return tuple(notice_words(notice, line) for line, notice in found)

    def offers(self) -> tuple[tuple[str, str], ...]:
        """What can be taken in one tap while nothing is recorded of the letter: last time's, and the favourites."""
        if self.details().lines:
            return ()
        found = [(str(one.id), one.name) for one in self.shelf.favourites]
        words = ", ".join(self._named(one.mixture) for one in self._last_ones())
        return ((_LAST, self.tr("As last time: {0}").format(words)), *found) if words else tuple(found)

    def take_offer(self, key: str) -> None:
        """Take last time's mixtures, or a favourite for the letter of the moment."""
        if key == _LAST:
            self._propose(tuple(one.mixture for one in self._last_ones()))
            return
        favourite = next(one for one in self.shelf.favourites if str(one.id) == key)
        known = self._model.service.session.mixture(self.letter)
        name = known.name if known is not None and known.name else favourite.name
        self._propose((Mixture(letter=self.letter, name=name, details=from_favourite(self.shelf, favourite)),))

    def refresh(self) -> None:
        """Show the letter of the moment on the card."""
        card, details = self.card, self.details()
        card.set_words(self.tr("Mixture {0}").format(self.letter), self.tr("Not recorded"))
        card.show_offers(self.offers())
        card.show_lines([self._row(place, line) for place, line in enumerate(details.lines)])
        volume = mixed_volume(details)
        total = ml(volume.ml) if volume.complete else f"≥ {ml(volume.ml)}"
        card.show_details(details, self._model.service.session.practitioner, total, mixed_substances(details))
        card.preparation.setEnabled(bool(details.lines))

    # -- inside: what is shown

    @property
    def _day(self) -> date:
        return self._model.service.session.started_at.date()

    def _last_ones(self) -> tuple[Offered, ...]:
        """Last time's mixtures of letters that hold nothing here yet."""
        if self._last is None:
            service = self._model.service
            try:
                self._last = last_mixtures(service.practice, self.shelf, service.session)
            except MesoMapError:  # damage is told when the last session itself is asked for
                self._last = ()
        return tuple(one for one in self._last if not self.details(one.mixture.letter).lines)

    def _named(self, mixture: Mixture) -> str:
        lines = mixture.details.lines if mixture.details is not None else ()
        return f"{mixture.letter} {mixture.name or ' + '.join(line.product_name for line in lines)}"

    def _notices(self, line: MixtureLine) -> tuple[LineNotice, ...]:
        return notices(line, self.shelf, self._model.service.patient.allergies, self._day)

    def _row(self, place: int, line: MixtureLine) -> LineRow:
        lots = self.shelf.lots_of(line.product_id) if line.product_id is not None else ()
        row = LineRow(line, lots, self._notices(line))
        row.volume_changed.connect(lambda value, p=place: self._change(p, volume_ml=value))
        row.removed.connect(lambda p=place: self._remove(p))
        row.lot_chosen.connect(lambda lot, p=place: self.choose_lot(p, lot))
        row.new_lot.connect(lambda p=place: self.entry.new_lot(p))
        row.refused.connect(self._model.told)
        return row

    # -- inside: the record

    def add_line(self, line: MixtureLine) -> None:
        """One more product; a lot that is in the mixture already is said."""
        details = self.details()
        known = next((one for one in details.lines if one.lot_id == line.lot_id and one.lot_id is not None), None)
        if known is not None:
            self.card.show_told(self.tr("{0} is in the mixture already.").format(line.product_name))
            return
        self._propose((self._as(replace(details, lines=(*details.lines, line))),))

    def _as(self, details: MixtureDetails) -> Mixture:
        known = self._model.service.session.mixture(self.letter)
        return Mixture(letter=self.letter, name=known.name if known is not None else "", details=details)

    def _change(self, place: int, **values: object) -> None:
        details = self.details()
        lines = tuple(replace(one, **values) if p == place else one for p, one in enumerate(details.lines))  # type: ignore[arg-type]
        self._set(replace(details, lines=lines))

    def choose_lot(self, place: int, lot_id: UUID | None) -> None:
        """The line in this place was drawn from another lot."""
        line, lot = self.details().lines[place], self.shelf.lot(lot_id)
        product = self.shelf.product(line.product_id)
        if product is None or lot is None:
            return
        fresh = line_of(product, lot, line.volume_ml)
        self._change(
            place, lot_id=fresh.lot_id, lot_number=fresh.lot_number, expiry=fresh.expiry, vial_id=fresh.vial_id
        )

    def _remove(self, place: int) -> None:
        details = self.details()
        self._set(replace(details, lines=tuple(one for p, one in enumerate(details.lines) if p != place)))

    def _set(self, details: MixtureDetails) -> None:
        self._commit(Prepare(self._model.service.session, self.letter, details))

    def _propose(self, mixtures: tuple[Mixture, ...]) -> None:
        """Record them; a line that matches a recorded allergy waits for a reason first."""
        self._pending = mixtures
        patient = self._model.service.patient
        for mixture in mixtures:
            lines = mixture.details.lines if mixture.details is not None else ()
            for line in unanswered(lines, patient):
                words = ", ".join(allergy_matches(line, patient.allergies))
                self.card.ask_reason(
                    self.tr("{0} matches the recorded allergy “{1}”.").format(line.product_name, words)
                )
                if not self.card.isVisible():
                    self.changed.emit()
                return
        self._pending = ()
        self.card.ask_reason("")
        self._commit(PrepareSeveral(self._model.service.session, mixtures))

    @property
    def waits_for_a_reason(self) -> bool:
        """True while a chosen product matches an allergy and no reason was given."""
        return bool(self._pending)

    def _reason(self, words: str) -> None:
        self._propose(answered(self._pending, self._model.service.patient, words))

    def _leave_out(self) -> None:
        self._propose(answered(self._pending, self._model.service.patient, None))

    def _keep(self) -> None:
        known = self._model.service.session.mixture(self.letter)
        lines = self.details().lines
        name = known.name if known is not None and known.name else " + ".join(line.product_name for line in lines)
        try:
            add_favourite(self._model.service.practice, name, lines)
        except MesoMapError as error:
            self.card.show_told(error.sentence, wrong=True)
            return
        self._shelf = None
        self.card.show_told(self.tr("Kept as favourite “{0}”.").format(name))

    def _commit(self, command: Prepare | PrepareSeveral) -> None:
        words = self.tr("Mixture {0}").format(self.letter)
        self._model.act(lambda: self._model.service.run(command), words)
        self.refresh()
        self.changed.emit()
