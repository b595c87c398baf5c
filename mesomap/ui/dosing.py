"""The syringe panel and its cards, joined to the session: what is tapped there becomes the choice of the moment."""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from mesomap.commands.mixtures import DrawUp
from mesomap.domain.needle import Device, Needle
from mesomap.domain.skin_layers import thickness_at
from mesomap.services.mixture_amounts import mixture_amounts
from mesomap.services.used_before import remember_device, remember_needle, used_devices, used_needles
from mesomap.ui.dose_choice import VolumeBy
from mesomap.ui.mixtures.head import MixtureHead
from mesomap.ui.panels.dose_card import CARD_PX, DoseCard
from mesomap.ui.panels.dose_panel import DosePanel
from mesomap.ui.session_model import SessionModel
from mesomap.ui.typefaces import text_scale
from mesomap.ui.words import region_name

if TYPE_CHECKING:
    from mesomap.ui.mixtures.desk import MixingDesk
    from mesomap.ui.panels.device_card import DeviceCard
    from mesomap.ui.panels.drawn_card import DrawnCard
    from mesomap.ui.panels.layer_card import LayerCard
    from mesomap.ui.panels.needle_card import NeedleCard


class Dosing(QObject):
    """Holds the cards, each made when it is first wanted. page: they float on it; panel: what they belong to."""

    def __init__(self, model: SessionModel, panel: DosePanel, page: QWidget) -> None:
        super().__init__(page)
        self._model, self._panel, self._page = model, panel, page
        self._region = ""
        self._room = QRect()
        self._mixtures = MixtureHead(
            model, panel.head, page, lambda: self.open_card("mixture"), lambda: self._place(self.mixing.card),
            self.show_mixtures,
        )  # fmt: skip
        self._connect()

    def _connect(self) -> None:
        model, panel = self._model, self._panel
        model.marks_changed.connect(self._forget_shots)
        panel.mixture_chosen.connect(model.choose_mixture)
        panel.mixture_named.connect(model.name_mixture)
        panel.technique_chosen.connect(model.choose_technique)
        panel.value_changed.connect(model.choose_value)
        panel.volume_way_chosen.connect(self._volume_as)
        panel.by_needle_chosen.connect(lambda on: model.choose(model.choice.by_needle(on)))
        panel.card_asked.connect(self.open_card)

    # -- the cards

    @property
    def mixing(self) -> "MixingDesk":
        """Products and lots of the mixtures."""
        return self._mixtures.desk

    @cached_property
    def needle(self) -> "NeedleCard":
        """The needle."""
        from mesomap.ui.panels.needle_card import NeedleCard

        card = NeedleCard(self._page)
        card.changed.connect(self._choose_needle)
        card.taken.connect(self._take_needle)
        card.cleared.connect(lambda: self._take_needle(None))
        card.closed.connect(self._keep_needle)
        return card

    @cached_property
    def device(self) -> "DeviceCard":
        """The device."""
        from mesomap.ui.panels.device_card import DeviceCard

        card, model = DeviceCard(self._page), self._model
        card.changed.connect(lambda device: model.choose(model.choice.with_device(device)))
        card.taken.connect(self._take_device)
        card.cleared.connect(lambda: self._take_device(None))
        card.closed.connect(self._keep_device)
        return card

    @cached_property
    def layer(self) -> "LayerCard":
        """The intended layer."""
        from mesomap.ui.panels.layer_card import LayerCard

        card = LayerCard(self._page)
        card.taken.connect(self._take_layer)
        card.cleared.connect(lambda: self._take_layer(""))
        return card

    @cached_property
    def drawn(self) -> "DrawnCard":
        """How much was drawn up."""
        from mesomap.ui.panels.drawn_card import DrawnCard

        card = DrawnCard(self._page)
        card.changed.connect(self._draw_up)
        card.cleared.connect(lambda: self._draw_up(None))
        card.refused.connect(self._model.told)
        return card

    def _card(self, key: str) -> DoseCard:
        made: DoseCard = self.mixing.card if key == "mixture" else getattr(self, key)
        return made

    def _shown(self) -> list[DoseCard]:
        """Cards that are open."""
        made = [self._card(key) for key in ("needle", "device", "layer", "drawn") if key in vars(self)]
        if self._mixtures.is_open:
            made.append(self.mixing.card)
        return [card for card in made if card.isVisible()]

    def _shows(self, key: str) -> bool:
        return key in vars(self) and self._card(key).isVisible()

    # -- what others ask

    def show_choice(self) -> None:
        """The choice of the moment, on the panel and on the open card."""
        choice = self._model.choice
        self._panel.show_favourites(self._model.favourites, choice.technique)
        self._panel.show_choice(choice)
        self.show_mixtures()
        self._show_card()

    def show_mixtures(self) -> None:
        """Letters, names, and what is left of each mixture."""
        amounts = mixture_amounts(self._model.service.session, self._model.marks)
        letter = self._model.choice.mixture
        self._panel.show_mixtures(amounts, letter)
        self._mixtures.show_soon()
        if self._shows("drawn"):
            self.drawn.show_amount(letter or "A", amounts.get(letter or "A"))

    def show_region(self, region_id: str | None) -> None:
        """Skin of the region under the pen, or of the last mark when it is over none."""
        region = region_id or self._model.last_region
        if region != self._region:
            self._region = region
            place = region_name(self._model.atlas, region) if region else ""
            self._panel.show_skin(thickness_at(region, self._model.atlas.ref.body), place)
            if self._shows("layer"):
                self._show_card()

    def open_card(self, key: str) -> None:
        """Open a card, or put it away when it is open."""
        card = self._card(key)
        if card.isVisible():
            card.put_away()
            return
        self.put_away()
        practice = self._model.service.practice
        if key == "needle":
            self.needle.show_used(used_needles(practice), self._model.choice.values.needle)
        elif key == "device":
            self.device.show_used(used_devices(practice))
        elif key == "mixture":
            self.mixing.opened()
        card.show()
        self.show_choice()
        self._place(card)
        card.open()

    def put_away(self) -> bool:
        """Close whatever card is open; True when one was."""
        shown = self._shown()
        for card in shown:
            card.put_away()
        return bool(shown)

    def set_room(self, room: QRect) -> None:
        """Where cards may lie on the page: beside the panel."""
        self._room = room
        for card in self._shown():
            self._place(card)

    # -- inside

    def _place(self, card: DoseCard) -> None:
        height = min(card.needed_height(), self._room.height())
        width = min(round(CARD_PX * text_scale()), self._room.width())
        card.setGeometry(self._room.right() - width, self._room.bottom() - height, width, height)

    def _show_card(self) -> None:
        choice = self._model.choice
        if self._shows("needle"):
            self.needle.show_choice(choice)
        if self._shows("device"):
            self.device.show_choice(choice)
        if self._shows("layer"):
            place = region_name(self._model.atlas, self._region) if self._region else ""
            row = thickness_at(self._region or None, self._model.atlas.ref.body)
            self.layer.show_choice(choice, row, place)

    def _volume_as(self, way: str) -> None:
        model = self._model
        remembered = model.service.remembered(model.choice.technique)
        if VolumeBy(way) is VolumeBy.TOTAL:
            words = self.tr("Total of a gesture. Single taps stay without a volume: give them one later by Select.")
            model.told.emit(words)
        model.choose(model.choice.volume_as(VolumeBy(way), remembered))

    def _choose_needle(self, needle: Needle | None) -> None:
        self._model.choose(self._model.choice.with_needle(needle))

    def _take_needle(self, needle: Needle | None) -> None:
        self._choose_needle(needle)
        self.needle.put_away()

    def _keep_needle(self) -> None:
        needle = self._model.choice.values.needle
        if needle is not None:
            self._model.attempt(lambda: remember_needle(self._model.service.practice, needle))

    def _take_device(self, device: Device | None) -> None:
        self._model.choose(self._model.choice.with_device(device))
        self.device.put_away()

    def _keep_device(self) -> None:
        device = self._model.choice.values.device
        if device is not None:
            self._model.attempt(lambda: remember_device(self._model.service.practice, device))

    def _forget_shots(self) -> None:
        """The counter was read for the gesture that is recorded now; the next one is read anew."""
        model, device = self._model, self._model.choice.values.device
        if device is not None and device.shots is not None and any(m.dose.device == device for m in model.marks[-1:]):
            model.choose(model.choice.with_device(replace(device, shots=None)))

    def _take_layer(self, layer: str) -> None:
        self._model.choose(self._model.choice.with_layer(layer))
        self.layer.put_away()

    def _draw_up(self, drawn_ml: float | None) -> None:
        model = self._model
        letter = model.choice.mixture or "A"
        words = self.tr("Drawn up, mixture {0}").format(letter)
        if model.act(lambda: model.service.run(DrawUp(model.service.session, letter, drawn_ml)), words):
            self.show_mixtures()
