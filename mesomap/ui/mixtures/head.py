"""Joins the head of the syringe panel to the mixtures: offers to take in one tap, and what should be seen."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from mesomap.ui.after_paint import after_paint
from mesomap.ui.mixtures.wedge import WedgeCatcher
from mesomap.ui.panels.syringe_head import SyringeHead
from mesomap.ui.session_model import SessionModel

if TYPE_CHECKING:
    from mesomap.ui.mixtures.desk import MixingDesk


class MixtureHead(QObject):
    """open_card: show the card of the mixture; grown: it needs another height; changed: names and amounts did."""

    def __init__(
        self,
        model: SessionModel,
        head: SyringeHead,
        page: QWidget,
        open_card: Callable[[], None],
        grown: Callable[[], None],
        changed: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._model, self._head, self._page = model, head, page
        self._open_card, self._grown, self._told = open_card, grown, changed
        # Taps on points come fast; offers and warnings follow when the window has time.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.show_now)
        self._waits = False
        self._wait()
        model.session_taken.connect(self._wait)
        self._wedge = WedgeCatcher(page, model, self._scanned)
        head.products_asked.connect(open_card)
        head.offer_taken.connect(lambda key: self.desk.take_offer(key))

    @cached_property
    def desk(self) -> "MixingDesk":
        """Products and lots of the mixtures; loaded late, the page paints first."""
        from mesomap.ui.mixtures.desk import MixingDesk

        desk = MixingDesk(self._model, self._page)
        desk.changed.connect(self._changed)
        desk.grown.connect(self._grown)
        return desk

    @property
    def is_open(self) -> bool:
        """True while the card is shown."""
        return "desk" in vars(self) and self.desk.is_open

    def show_soon(self) -> None:
        """Bring offers and warnings up to date when the window has time."""
        if not self._waits:
            self._soon.start()

    def _wait(self) -> None:
        """Another session: the shelf is read, and all that reads it loaded, when the page was seen."""
        if not self._waits:
            self._waits = True
            after_paint(self._page).then(self._waited)

    def _waited(self) -> None:
        self._waits = False
        self._soon.start()

    def show_now(self) -> None:
        """What can be taken in one tap, and what should be seen of the mixtures in use."""
        if not self._page.isVisible():
            return
        desk = self.desk
        self._head.show_offers(desk.offers(), desk.warned(), desk.to_see())
        if desk.is_open:
            desk.refresh()

    def _scanned(self, text: str) -> None:
        """A scanner typed while the body had the keyboard: the card takes it."""
        if not self.desk.is_open:
            self._open_card()
        self.desk.card.given.emit(text)

    def _changed(self) -> None:
        """A mixture was recorded, or one that was chosen waits for a reason on its card."""
        if self.desk.waits_for_a_reason and not self.desk.is_open:
            self._open_card()
        self._told()
        self.show_now()
