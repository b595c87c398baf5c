"""Section "Backups": the last verified one, a second folder, the list with restores, and the drill."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.services.background import Progress
from mesomap.services.backup_state import WARN_CHOICES, set_warn_days, warn_days
from mesomap.services.backups import BackupMade, Backups, DrillResult
from mesomap.storage.backup_list import BackupFacts
from mesomap.ui.backups.restore_dialog import RestoreDialog
from mesomap.ui.backups.stoppable import stoppable
from mesomap.ui.backups.words import PROGRESS_SHEET, counted, moment, stage_words
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, small_button, wrapping
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.page_context import PageContext
from mesomap.ui.typefaces import grown

T = TypeVar("T")


class BackupsSection(QWidget):
    """Made from a PageContext. One piece of work at a time; it can be stopped and nothing is left behind then."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._stopped = False
        self._lines: list[RecordLine] = []
        self.state, self.outcome = wrapping("figure"), wrapping("small2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setStyleSheet(PROGRESS_SHEET)
        self.make_button, self.drill_button = QPushButton(self.tr("Back up now")), QPushButton(self.tr("Try a restore"))
        self.make_button.setProperty("kind", "primary")
        self.make_button.clicked.connect(self.make)
        self.drill_button.clicked.connect(self.drill)
        self.drill_button.setToolTip(self.tr("Restores the newest backup into an empty place, checks it, removes it"))
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.clicked.connect(self._stop)
        self.second = wrapping()
        self.second_warning = wrapping("small2")
        self.list = RecordCard(self.tr("Backups of this practice"))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (self._state_card(), self._second_card(), self.list):
            column.addWidget(card)
        column.addStretch(1)
        inner = QWidget()
        inner.setLayout(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))
        self._show_work(False)
        self.refresh()

    def _state_card(self) -> RecordCard:
        card = RecordCard(self.tr("Last verified backup"))
        card.body.addWidget(self.state)
        card.body.addWidget(self.outcome)
        card.body.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.make_button, self.drill_button, self.stop_button):
            row.addWidget(reads(button))
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addWidget(self._warn_field())
        return card

    def _warn_field(self) -> FormField:
        """After how many days the line at the foot of the patient list turns amber."""
        kept = warn_days(self._context.practice)
        self.warn = ChoiceField()
        for days in sorted({*WARN_CHOICES, kept}):
            words = self.tr("1 day") if days == 1 else self.tr("%1 days").replace("%1", str(days))
            self.warn.addItem(words, days)
        self.warn.setCurrentIndex(self.warn.findData(kept))
        self.warn.activated.connect(lambda _index: self._keep_warn())
        self.warn.setMaximumWidth(grown(160))
        return FormField(self.tr("Warn when something recorded is in no backup after"), self.warn)

    def _keep_warn(self) -> None:
        try:
            set_warn_days(self._context.practice, int(self.warn.currentData()))
        except MesoMapError as error:
            self._context.say(error.sentence)
            self.warn.setCurrentIndex(self.warn.findData(warn_days(self._context.practice)))

    def _second_card(self) -> RecordCard:
        card = RecordCard(self.tr("Second folder, best on another disk"))
        card.body.addWidget(self.second)
        card.body.addWidget(self.second_warning)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.choose_button = small_button(self.tr("Choose folder…"), self._choose_second)
        self.forget_button = small_button(self.tr("Use none"), lambda: self.use_second(None))
        row.addWidget(self.choose_button)
        row.addWidget(self.forget_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    @property
    def _backups(self) -> Backups:
        return self._context.practice.backups

    # -- what is shown

    def refresh(self) -> None:
        """Look at the folders again."""
        self._beside(lambda _watch: self._looked(), self._show, quiet=True)

    def _looked(self) -> tuple[tuple[BackupFacts, ...], tuple[BackupFacts, ...], bool, Path | None, bool]:
        own = self._backups
        return own.found(), own.found_second(), own.changed(), own.second_folder, own.on_the_same_disk()

    def _show(
        self, looked: tuple[tuple[BackupFacts, ...], tuple[BackupFacts, ...], bool, Path | None, bool]
    ) -> None:
        found, second, changed, folder, same_disk = looked
        newest = found[0] if found else None
        self.state.setText(moment(newest.made_at) if newest else self.tr("There is none yet"))
        if not self.outcome.text():
            if changed:
                self.outcome.setText(self.tr("Something changed since. The next one is made within half an hour."))
            else:
                self.outcome.setText(self.tr("Nothing changed since."))
        self.drill_button.setEnabled(newest is not None)
        self.second.setText(str(folder) if folder else self.tr("None chosen. A broken disk would take all backups."))
        reached = folder is not None and folder.is_dir()
        self.second_warning.setText(
            ""
            if folder is None
            else self.tr("This folder cannot be reached now.")
            if not reached
            else self.tr("It lies on the same disk as the practice.")
            if same_disk
            else ""
        )
        self.second_warning.setVisible(bool(self.second_warning.text()))
        self.forget_button.setVisible(folder is not None)
        self._fill(found, second)

    def _fill(self, found: Sequence[BackupFacts], second: Sequence[BackupFacts]) -> None:
        self.list.clear()
        self._lines = []
        both = {facts.path.name for facts in found} & {facts.path.name for facts in second}
        only_second = [facts for facts in second if facts.path.name not in both]
        everything = sorted([*found, *only_second], key=lambda facts: facts.made_at, reverse=True)
        for facts in everything:
            name = facts.path.name
            where = self.tr("in both folders") if name in both else self.tr("second folder") if facts in second else ""
            line = RecordLine(moment(facts.made_at), self._counts(facts, where), first=facts is everything[0])
            line.add_button(
                self.tr("Restore…"),
                partial(self.ask_restore, facts),
                self.tr("Restore the backup of %1").replace("%1", moment(facts.made_at)),
            )
            self._lines.append(line)
            self.list.body.addWidget(line)
        if not everything:
            self.list.say_empty(self.tr("Backups are made every half hour while something changes, and at closing."))

    def _counts(self, facts: BackupFacts, where: str) -> str:
        parts = [
            counted(facts.counts.get("patients", 0), self.tr("patient"), self.tr("patients")),
            counted(facts.counts.get("sessions", 0), self.tr("session"), self.tr("sessions")),
            self.tr("audit number %1").replace("%1", str(facts.sequence)),
            where,
        ]
        return " · ".join(part for part in parts if part)

    @property
    def lines(self) -> tuple[RecordLine, ...]:
        """The backups in the list, the newest first."""
        return tuple(self._lines)

    # -- work beside the window

    def _beside(
        self, work: Callable[[Progress], T], done: Callable[[T], None], *, quiet: bool = False
    ) -> None:
        """Run work beside the window; quiet work shows no progress."""
        if not quiet:
            self._stopped = False
            self._show_work(True)

        def over(result: T) -> None:
            self._show_work(False)
            done(result)

        watched = stoppable(work, lambda: self._stopped)
        self._context.work(self, watched, done=over, failed=self._failed, progress=None if quiet else self._moved)

    def _moved(self, part: float, stage: str) -> None:
        self.bar.setValue(round(part * 100))
        self.outcome.setText(stage_words(stage))

    def _failed(self, error: Exception) -> None:
        self._show_work(False)
        if not isinstance(error, MesoMapError):
            raise error
        self.outcome.setText(error.sentence)

    def _show_work(self, working: bool) -> None:
        self.bar.setVisible(working)
        self.stop_button.setVisible(working)
        for button in (self.make_button, self.drill_button):
            button.setVisible(not working)
        self.list.setEnabled(not working)

    def _stop(self) -> None:
        self._stopped = True

    def make(self) -> None:
        """Make a backup now."""
        self._beside(lambda watch: self._backups.make(watch), self._made)

    def _made(self, made: BackupMade) -> None:
        both = self.tr("Made and verified, in both folders.")
        self.outcome.setText(made.trouble or (both if made.second else self.tr("Made and verified.")))
        self.refresh()

    def drill(self) -> None:
        """Try a restore of the newest backup."""
        self._beside(lambda watch: self._backups.drill(self._backups.found()[0].path, watch), self._drilled)

    def _drilled(self, result: DrillResult) -> None:
        patients = counted(result.counts.get("patients", 0), self.tr("patient"), self.tr("patients"))
        sessions = counted(result.counts.get("sessions", 0), self.tr("session"), self.tr("sessions"))
        words = self.tr("The restore worked: %1 and %2 came back whole in %3 s. The copy is gone again.")
        seconds = f"{max(result.seconds, 0.1):.1f}"
        self.outcome.setText(words.replace("%1", patients).replace("%2", sessions).replace("%3", seconds))
        self.refresh()

    # -- second folder

    def _choose_second(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Second folder for backups"))
        if chosen:
            self.use_second(Path(chosen))

    def use_second(self, folder: Path | None) -> None:
        """Keep backups in this folder too, None = no more."""
        try:
            self._backups.choose_second_folder(folder)
        except MesoMapError as error:
            self._context.say(error.sentence)
            return
        self.refresh()

    # -- restore

    def ask_restore(self, facts: BackupFacts) -> None:
        """Show what a restore would take and bring; go on only when a person says so."""
        self._beside(lambda _watch: self._backups.preview(facts.path), lambda seen: self._offer(facts, seen))

    def _offer(self, facts: BackupFacts, seen: object) -> None:
        from mesomap.storage.comparing import RestorePreview

        assert isinstance(seen, RestorePreview)
        self.outcome.setText("")
        self.dialog = RestoreDialog(moment(facts.made_at), seen, self)
        self.dialog.accepted.connect(lambda: self._restore(facts))
        self.dialog.open()

    def _restore(self, facts: BackupFacts) -> None:
        self._beside(
            lambda watch: self._backups.decide_restore(facts.path, watch), lambda _none: self._context.lock()
        )
