"""Opens the sheet of the selected marks, and records what was changed there as one step."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from mesomap.commands import ReplaceMarks
from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.domain.skin_layers import estimated_layer, thickness_at
from mesomap.domain.technique import techniques
from mesomap.services.mark_edits import Depth, edited, in_common
from mesomap.services.redosing import Redosed
from mesomap.services.selection import Selected
from mesomap.ui.canvas.picking import part_of
from mesomap.ui.carried_words import origin_words
from mesomap.ui.editing import Editing
from mesomap.ui.session_model import SessionModel
from mesomap.ui.words import clock, day, layer_words, number, region_name, technique_name

_NAMED_REGIONS = 3

if TYPE_CHECKING:
    from mesomap.ui.dialogs.mark_sheet import MarkSheet, MarkSubject


class MarkSheets(QObject):
    """One sheet at a time. follow: selects what the changed marks have become."""

    def __init__(
        self, model: SessionModel, editing: Editing, page: QWidget, follow: Callable[[Selected], None]
    ) -> None:
        super().__init__(page)
        self._model, self._editing, self._page, self._follow = model, editing, page, follow
        self.sheet: MarkSheet | None = None
        self._selected: Selected = {}
        # Undo works everywhere: a sheet of marks as they were must not stay open.
        model.marks_changed.connect(self.close)

    def open(self, selected: Selected) -> None:
        """Show what the selected marks carry; nothing selected, nothing shown."""
        parts = self._parts(selected)
        if self.sheet is not None or not parts:
            return
        self._selected = dict(selected)
        # Loaded when it is first opened: marks are set without it.
        from mesomap.ui.dialogs.mark_sheet import MarkSheet

        sheet = self.sheet = MarkSheet(self._subject(parts), self._page)
        sheet.changed.connect(self._changed)
        sheet.confirmed.connect(self._record)
        sheet.closed.connect(self.close)
        self._show_layer()
        sheet.take_over()

    def close(self) -> None:
        """Take the sheet away; the keys go back to the page."""
        if self.sheet is not None:
            self.sheet.hide()
            self.sheet.deleteLater()
            self.sheet = None
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside

    def _parts(self, selected: Selected) -> list[Mark]:
        return [part_of(mark, selected[mark.id]) for mark in self._model.marks if mark.id in selected]

    def _subject(self, parts: Sequence[Mark]) -> "MarkSubject":
        from mesomap.ui.dialogs.mark_sheet import MarkSubject

        kinds = {isinstance(mark, InjectionSet) for mark in parts}
        fitting = [key for key, known in techniques().items() if {not known.is_density} == kinds]
        mixtures = {mixture.letter: mixture.name for mixture in self._model.service.session.mixtures}
        return MarkSubject(self._title(parts), self._history(parts), in_common(parts), fitting, mixtures)

    def _title(self, parts: Sequence[Mark]) -> str:
        names = [region_name(self._model.atlas, region) for region in self._regions(parts)]
        where = ", ".join(names[:_NAMED_REGIONS]) + ("…" if len(names) > _NAMED_REGIONS else "")
        words = self._editing.words_of(self._selected)
        if len(parts) == 1:
            words = f"{technique_name(parts[0].dose.technique)}, {words}"
        return f"{words} – {where}" if where else words

    def _history(self, parts: Sequence[Mark]) -> str:
        origins = ", ".join(dict.fromkeys(origin_words(mark.origin) for mark in parts))
        entered = sorted(mark.entered_at for mark in parts)
        times = list(dict.fromkeys(f"{day(at.astimezone())}, {clock(at)}" for at in (entered[0], entered[-1])))
        words = [self.tr("Origin: {0}").format(origins), self.tr("entered {0}").format(" – ".join(times))]
        spacings = {mark.spacing_mm for mark in parts if mark.spacing_mm is not None}
        if len(spacings) == 1:
            words.append(self.tr("spacing {0} mm").format(number(spacings.pop(), 1)))
        cited = list(dict.fromkeys(mark.citation for mark in parts if mark.citation))
        return "\n".join([" · ".join(words), *cited[:1]])

    def _regions(self, parts: Sequence[Mark]) -> list[str]:
        return list(dict.fromkeys(region for mark in parts for region in mark.region_ids))

    def _redosed(self) -> Redosed:
        assert self.sheet is not None
        return edited(self._model.marks, self._selected, self.sheet.wish())

    def _changed(self, name: str) -> None:
        """Say at once what cannot be, under the field that was touched last."""
        sheet = self.sheet
        if sheet is None:
            return
        for part in sheet.parts:
            sheet.show_error(part, "")
        after = self._redosed()
        try:
            ReplaceMarks("Change mark", after.replaced, after.added).changes()
        except MesoMapError as error:
            sheet.show_error(name, error.sentence)
        self._show_layer()

    def _show_layer(self) -> None:
        """The layer that depth and place let expect, for every region of the marks."""
        if self.sheet is None:
            return
        wished = self.sheet.depth_shown()
        found: dict[str, None] = {}
        for mark in self._parts(self._selected):
            depth_mm = wished.depth_mm if isinstance(wished, Depth) else mark.dose.depth_mm
            found |= dict.fromkeys(self._layer_at(region, depth_mm) for region in mark.region_ids)
        self.sheet.depth_part.show_layer(self.tr("Layer, estimated: {0}").format(", ".join(found) or "–"))

    def _layer_at(self, region_id: str, depth_mm: float | None) -> str:
        body = self._model.atlas.ref.body
        if depth_mm is not None and thickness_at(region_id, body) is None:
            return self.tr("no data")
        return layer_words(estimated_layer(region_id, depth_mm, body), depth_mm is not None)

    def _record(self) -> None:
        model, sheet = self._model, self.sheet
        if sheet is None or not sheet.wish() or sheet.error():
            return
        after = self._redosed()
        command = ReplaceMarks("Change mark", after.replaced, after.added)
        words = self.tr("Changed {0}").format(self._editing.words_of(self._selected))
        if model.act(lambda: model.service.run(command), words):
            if after.added:
                self._follow(after.selected)
            model.choice_changed.emit()
