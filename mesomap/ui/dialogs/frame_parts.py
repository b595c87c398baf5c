"""Parts of the frame sheet: the indication from the list, the times, the practitioner."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mesomap.domain.indication import Indication, IndicationGroup, indications
from mesomap.services.practitioners import Practitioner, forget_practitioner
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.toggle_chip import FlowLayout, ToggleChip
from mesomap.ui.framing import Framing
from mesomap.ui.typefaces import font
from mesomap.ui.words import language

#: Indications shown before the whole list is asked for.
_FIRST = 7


class IndicationPart(QWidget):
    """Chips of the list, those used most first; the whole list in groups when asked; own words."""

    def __init__(self, framing: Framing) -> None:
        super().__init__()
        self._framing = framing
        self._whole = False
        self._chips: dict[str, ToggleChip] = {}
        self._keys: list[str] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._more = QPushButton()
        self._more.setProperty("kind", "plain")
        self._more.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._more.clicked.connect(self.toggle_whole)
        self.own = EntryField()
        self.own.setMaxLength(200)
        self.own.setPlaceholderText(self.tr("own words, for example 3 of 5"))
        self.own.setAccessibleName(self.tr("Indication, own words"))
        self.own.editingFinished.connect(self._own_entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._column)
        column.addWidget(self.own)
        self._fill()

    def chip(self, key: str) -> ToggleChip:
        """The chip of an indication that is shown."""
        return self._chips[key]

    def shown_keys(self) -> list[str]:
        """Indications that can be tapped now."""
        return list(self._chips)

    def more_button(self) -> QPushButton:
        """Shows the whole list, or the first of it again."""
        return self._more

    def toggle_whole(self) -> None:
        """The whole list in its groups, or only what is used most."""
        self._whole = not self._whole
        self._fill()
        self._more.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_session(self) -> None:
        """What is chosen."""
        if set(self._framing.chosen()) - set(self._chips):
            self._fill()
        for key, chip in self._chips.items():
            chip.setChecked(key in self._framing.chosen())
        if not (self.own.hasFocus() and self.own.isModified()):
            self.own.setText(self._framing.own_indication())
            self.own.setCursorPosition(0)

    def _fill(self) -> None:
        known = indications()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._more:
                widget.hide()
                widget.deleteLater()
        self._chips = {}
        if self._whole:
            for group in IndicationGroup:
                members = [one for one in known.values() if one.group is group]
                self._column.addWidget(plain_label("small2", self._group_words(group)))
                self._column.addWidget(self._line(members))
            self._more.setText(self.tr("Fewer"))
            self._column.addWidget(self._more)
        else:
            keys = self._framing.indications()
            if not self._keys:
                self._keys = list(keys[:_FIRST])
            shown = list(dict.fromkeys([*self._framing.chosen(), *self._keys]))
            line = self._line([known[key] for key in shown if key in known])
            self._more.setText(self.tr("All {0} …").format(len(known)))
            layout = line.layout()
            if layout is not None:
                layout.addWidget(self._more)
            self._column.addWidget(line)
        for key, chip in self._chips.items():
            chip.setChecked(key in self._framing.chosen())

    def _line(self, members: list[Indication]) -> QWidget:
        line = QWidget()
        flow = FlowLayout(line)
        for one in members:
            chip = ToggleChip(one.name(language()), one.key)
            chip.clicked.connect(lambda _on=False, key=one.key: self._framing.toggle_indication(key))
            flow.addWidget(chip)
            self._chips[one.key] = chip
        return line

    def _group_words(self, group: IndicationGroup) -> str:
        return {
            IndicationGroup.AESTHETIC: self.tr("Aesthetic"),
            IndicationGroup.HAIR: self.tr("Hair"),
            IndicationGroup.PAIN: self.tr("Pain"),
            IndicationGroup.CIRCULATION: self.tr("Circulation"),
            IndicationGroup.OTHER: self.tr("Other"),
        }[group]

    def _own_entered(self) -> None:
        self.own.setModified(False)
        if self.own.text().strip() != self._framing.own_indication():
            self._framing.set_own_indication(self.own.text())


class TimesPart(QWidget):
    """Began: day and time; ended: time, or now. What is impossible is said under its field, and refused is sent."""

    refused = Signal()

    def __init__(self, framing: Framing) -> None:
        super().__init__()
        self._framing = framing
        self.day = FormField(self.tr("Began, day"), _field())
        self.start = FormField(self.tr("Began, time"), _field())
        self.end = FormField(self.tr("Ended, time"), _field(self.tr("not recorded")))
        self.now = QPushButton(self.tr("Ended now"))
        self.now.clicked.connect(self._end_now)
        for field in (self.day, self.start):
            _line(field).editingFinished.connect(self._start_entered)
        _line(self.end).editingFinished.connect(self._end_entered)
        row = FlowLayout(self, gap_px=12)
        for field, sample in ((self.day, "2026-12-28"), (self.start, "20:00"), (self.end, "2026-12-28 20:00")):
            room = QFontMetrics(font("body")).horizontalAdvance(sample) + 44
            field.setFixedWidth(max(room, field.minimumSizeHint().width()))
            row.addWidget(field)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, self.day.editor_top(), 0, 0)
        column.addWidget(self.now, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(below)

    def show_session(self) -> None:
        """Times on record; a wrong entry stays until it is put right."""
        day, start = self._framing.start_texts()
        for field, text in ((self.day, day), (self.start, start), (self.end, self._framing.end_text())):
            editor = _line(field)
            if not field.error() and not (editor.hasFocus() and editor.isModified()):
                field.set_text(text)

    def _start_entered(self) -> None:
        wrong_day, wrong_clock = self._framing.set_start(self.day.text(), self.start.text())
        self.day.show_error(wrong_day)
        self.start.show_error(wrong_clock)
        self._tidy()

    def _end_entered(self) -> None:
        self.end.show_error(self._framing.set_end(self.end.text()))
        self._tidy()

    def _end_now(self) -> None:
        self.end.show_error("")
        _line(self.end).setModified(False)
        self.end.show_error(self._framing.end_now())
        self._tidy()

    def _tidy(self) -> None:
        """What was understood is shown in the usual form."""
        for field in (self.day, self.start, self.end):
            _line(field).setModified(False)
        self.show_session()
        if any(field.error() for field in (self.day, self.start, self.end)):
            self.refused.emit()


class WhoPart(QWidget):
    """Practitioners of the practice, one tap each; name and qualification as fields."""

    def __init__(self, framing: Framing) -> None:
        super().__init__()
        self._framing = framing
        self._chips: list[ToggleChip] = []
        self._known: tuple[Practitioner, ...] = ()
        self._flow = FlowLayout()
        self.name = FormField(self.tr("Practitioner"), _field(self.tr("name"), 200))
        self.qualification = FormField(self.tr("Qualification"), _field(self.tr("for example physician"), 200))
        for field in (self.name, self.qualification):
            _line(field).editingFinished.connect(self._entered)
        self.forget = IconButton("close", self.tr("Take this practitioner off the list; records stay"))
        self.forget.clicked.connect(self._forget)
        below = QVBoxLayout()
        below.setContentsMargins(0, self.name.editor_top(), 0, 0)
        below.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.name, 1)
        row.addWidget(self.qualification, 1)
        row.addLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._flow)
        column.addLayout(row)

    def chip(self, name: str) -> ToggleChip:
        """The chip of a practitioner."""
        return next(chip for chip in self._chips if chip.value == name)

    def show_session(self) -> None:
        """Who is on record, and the practice's list."""
        session = self._framing.session
        who = Practitioner(session.practitioner, session.frame.qualification)
        known = self._framing.practitioners()
        if known != self._known:
            self._known = known
            self._flow.clear()
            self._chips = []
            for one in known:
                words = f"{one.name}, {one.qualification}" if one.qualification else one.name
                chip = ToggleChip(words, one.name)
                chip.clicked.connect(lambda _on=False, chosen=one: self._choose(chosen))
                self._flow.addWidget(chip)
                self._chips.append(chip)
        for chip, one in zip(self._chips, known, strict=True):
            chip.setChecked(one == who)
        self.forget.setVisible(who in known)
        for field, text in ((self.name, who.name), (self.qualification, who.qualification)):
            editor = _line(field)
            if not (editor.hasFocus() and editor.isModified()):
                field.set_text(text)

    def _choose(self, one: Practitioner) -> None:
        session = self._framing.session
        if Practitioner(session.practitioner, session.frame.qualification) == one:
            one = Practitioner("")
        for field in (self.name, self.qualification):
            _line(field).setModified(False)
        self._framing.edit(practitioner=one.name, qualification=one.qualification)
        self.show_session()

    def _entered(self) -> None:
        for field in (self.name, self.qualification):
            _line(field).setModified(False)
        name, qualification = self.name.text(), self.qualification.text()
        known = next((one for one in self._known if one.name == name), None)
        if known is not None and name != self._framing.session.practitioner and not qualification:
            qualification = known.qualification
        self.name.show_error(self._framing.edit(practitioner=name, qualification=qualification))

    def _forget(self) -> None:
        session = self._framing.session
        forget_practitioner(
            self._framing.model.service.practice, Practitioner(session.practitioner, session.frame.qualification)
        )
        self.show_session()


def _field(hint: str = "", most: int = 60) -> EntryField:
    editor = EntryField()
    editor.setPlaceholderText(hint)
    editor.setMaxLength(most)
    return editor


def _line(field: FormField) -> QLineEdit:
    assert isinstance(field.editor, QLineEdit)
    return field.editor
