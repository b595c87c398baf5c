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
from mesomap.services.mixing import line_of
from mesomap.services.mixture_amounts import mixture_amounts
from mesomap.services.practice import Practice
from mesomap.services.shelf import Shelf, add_favourite, read_shelf
from mesomap.ui.mixtures.card import MixtureCard
from mesomap.ui.mixtures.entry import ProductEntry
from mesomap.ui.mixtures.gate import ReasonGate
from mesomap.ui.mixtures.line_row import LineRow
from mesomap.ui.mixtures.offers import Offers
from mesomap.ui.mixtures.seen import details_of, notices_of, to_see, warned, with_line, without_line
from mesomap.ui.mixtures.words import ml
from mesomap.ui.session_model import SessionModel


class MixingDesk(QObject):
    """Holds the card; reads the shelf when the card opens and after every entry. changed: a mixture is another one,
    or one that was chosen waits for a reason.
    """

    changed = Signal()
    grown = Signal()

    def __init__(self, model: SessionModel, page: QWidget) -> None:
        super().__init__(page)
        self._model = model
        self._page = page
        self._card: MixtureCard | None = None
        self._shelf: Shelf | None = None
        self._shown: tuple[object, ...] = ()
        self._offers = Offers(model.service)
        self.gate = ReasonGate(model, lambda: self.card, self._record, self.changed.emit, self)
        model.session_taken.connect(self.forget)

    @property
    def card(self) -> MixtureCard:
        """The card, made when it is first asked for: most sessions take a mixture without it."""
        if self._card is None:
            self._card = card = MixtureCard(self._page)
            self.entry = ProductEntry(self, card)
            card.grown.connect(self.grown)
            card.offer_taken.connect(self.take_offer)
            card.kept.connect(lambda _name: self._keep())
            card.preparation.changed.connect(self._set)
            card.preparation.refused.connect(self._model.told)
            card.cleared.connect(lambda: self._commit(Prepare(self._model.service.session, self.letter, None)))
            card.reason_given.connect(self.gate.answer)
            card.reason_refused.connect(lambda: self.gate.answer(None))
        return self._card

    @property
    def is_open(self) -> bool:
        """True while the card is shown."""
        return self._card is not None and self._card.isVisible()

    # -- what others ask

    @property
    def letter(self) -> str:
        """The mixture of the moment."""
        return self._model.choice.mixture or "A"

    @property
    def practice(self) -> Practice:
        """The open practice."""
        return self._model.service.practice

    @property
    def shelf(self) -> Shelf:
        """Products and lots as they stand on the day of the session, read when first needed."""
        if self._shelf is None:
            self._shelf = read_shelf(self.practice, self._day)
        return self._shelf

    @property
    def waits_for_a_reason(self) -> bool:
        """True while a chosen product matches an allergy and no reason was given."""
        return self.gate.waits

    def read_again(self) -> None:
        """Something was put on the shelf."""
        self._shelf = None

    def forget(self) -> None:
        """Another session: read everything anew when it is next needed."""
        self._shelf = None
        self._offers.forget()
        self.gate.forget()

    def opened(self) -> None:
        """The card opens: the shelf may have changed meanwhile."""
        self._shelf = None
        self.refresh()

    def details(self, letter: str | None = None) -> MixtureDetails:
        """What is recorded of a letter; empty when nothing is."""
        return details_of(self._model.service, letter or self.letter)

    def offers(self) -> tuple[tuple[str, str], ...]:
        """Key and words of what can be taken in one tap."""
        return self._offers.listed(self.shelf, self.letter)

    def take_offer(self, key: str) -> None:
        """Take last time's mixtures, or a favourite for the letter of the moment."""
        self.gate.propose(self._offers.taken(self.shelf, self.letter, key))

    def warned(self) -> dict[str, tuple[str, ...]]:
        """By letter, why its chip carries a red triangle."""
        return warned(self._model.service, self.shelf)

    def to_see(self) -> tuple[str, ...]:
        """Sentences in red on the mixture of the moment."""
        return to_see(self._model.service, self.shelf, self.letter)

    def refresh(self) -> None:
        """Show the letter of the moment on the card."""
        if self._card is None:
            return
        card, details = self._card, self.details()
        amounts = mixture_amounts(self._model.service.session, self._model.marks)
        card.show_amount(amounts.get(self.letter))
        shown = (self.letter, details, self.shelf, self.gate.waits)
        if shown == self._shown:
            return  # rows that are made anew would take the keyboard away
        self._shown = shown
        card.set_words(self.tr("Mixture {0}").format(self.letter), self.tr("Not recorded"))
        card.show_offers(() if self.gate.waits else self.offers())
        card.show_lines([self._row(place, line) for place, line in enumerate(details.lines)])
        volume = mixed_volume(details)
        total = ml(volume.ml) if volume.complete else f"≥ {ml(volume.ml)}"
        card.show_details(details, self._model.service.session.practitioner, total, mixed_substances(details))

    def add_line(self, line: MixtureLine) -> None:
        """One more product; a lot that is in the mixture already is said."""
        details = self.details()
        if line.lot_id is not None and any(one.lot_id == line.lot_id for one in details.lines):
            self.card.show_told(self.tr("{0} is in the mixture already.").format(line.product_name))
            return
        known = self._model.service.session.mixture(self.letter)
        name = known.name if known is not None else ""
        self.gate.propose(
            (Mixture(letter=self.letter, name=name, details=replace(details, lines=(*details.lines, line))),)
        )

    def choose_lot(self, place: int, lot_id: UUID | None) -> None:
        """The line in this place was drawn from another lot."""
        line, lot = self.details().lines[place], self.shelf.lot(lot_id)
        product = self.shelf.product(line.product_id)
        if product is None or lot is None:
            return
        fresh = line_of(product, lot, line.volume_ml)
        values = {name: getattr(fresh, name) for name in ("lot_id", "lot_number", "expiry", "vial_id")}
        self._set(with_line(self.details(), place, **values))

    # -- inside

    @property
    def _day(self) -> date:
        return self._model.service.session.started_at.date()

    def _row(self, place: int, line: MixtureLine) -> LineRow:
        lots = self.shelf.lots_of(line.product_id) if line.product_id is not None else ()
        row = LineRow(line, lots, notices_of(self._model.service, self.shelf, line))
        row.volume_changed.connect(lambda value: self._set(with_line(self.details(), place, volume_ml=value)))
        row.removed.connect(lambda: self._set(without_line(self.details(), place)))
        row.lot_chosen.connect(lambda lot: self.choose_lot(place, lot))
        row.new_lot.connect(lambda: self.entry.new_lot(place))
        row.refused.connect(self._model.told)
        return row

    def _set(self, details: MixtureDetails) -> None:
        self._commit(Prepare(self._model.service.session, self.letter, details))

    def _record(self, mixtures: tuple[Mixture, ...]) -> None:
        self._commit(PrepareSeveral(self._model.service.session, mixtures))

    def _commit(self, command: Prepare | PrepareSeveral) -> None:
        words = self.tr("Mixture {0}").format(self.letter)
        self._model.act(lambda: self._model.service.run(command), words)
        self.refresh()
        self.changed.emit()

    def _keep(self) -> None:
        known = self._model.service.session.mixture(self.letter)
        lines = self.details().lines
        name = known.name if known is not None and known.name else " + ".join(line.product_name for line in lines)
        try:
            add_favourite(self.practice, name, lines)
        except MesoMapError as error:
            self.card.show_told(error.sentence, wrong=True)
            return
        self._shelf = None
        self.card.show_told(self.tr("Kept as favourite “{0}”.").format(name))
