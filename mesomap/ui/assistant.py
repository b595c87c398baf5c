"""Reading back region by region: where one is in the plan, what a key means, what is to be said."""

from PySide6.QtCore import QObject, Qt, Signal

from mesomap.services.assistant import ReadBack, last_read_back, read_backs
from mesomap.ui.plan_actions import PlanActions
from mesomap.ui.session_model import SessionModel
from mesomap.ui.words import number, region_name, technique_name, volume

#: Keys that confirm besides the one that was learned: what a keyboard offers, and what foot pedals send as bought.
CONFIRM_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_PageDown)
#: Keys that mean something else here and cannot be the pedal's.
TAKEN_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_S, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_F11)
_MODIFIERS = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock,
)  # fmt: skip
_SETTING = "pedal_key"


class Assistant(QObject):
    """What is read back now, and what comes of a key. changed: something else is to be shown."""

    changed = Signal()

    def __init__(self, model: SessionModel, actions: PlanActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._actions = model, actions
        self._all: tuple[ReadBack, ...] = ()
        self._at: tuple[int, int, int] = (0, 0, 0)
        self._done: list[tuple[str, tuple[int, int, int]]] = []
        self.learning = False
        self.active = False
        kept = model.service.practice.setting(_SETTING)
        self.pedal: int | None = kept if isinstance(kept, int) and not isinstance(kept, bool) else None
        model.marks_changed.connect(self._refresh)

    # -- what is read back

    def start(self) -> None:
        """From the first open region on."""
        self.active, self.learning = True, False
        self._at, self._done = (0, 0, 0), []
        self._refresh()

    def stop(self) -> None:
        """No longer shown."""
        self.active = self.learning = False

    def _refresh(self) -> None:
        if self.active:
            self._all = read_backs(self._model.atlas, self._model.plan.planning)
            self.changed.emit()

    @property
    def current(self) -> ReadBack | None:
        """What is to be said: the open region one is at; without a plan the last mark; None when all is settled."""
        if not self._model.plan.exists:
            return last_read_back(self._model.service)
        if not self._all:
            return None
        return next((item for item in self._all if item.order >= self._at), self._all[0])

    @property
    def following(self) -> ReadBack | None:
        """What comes after it."""
        here = self.current
        if here is None or len(self._all) < 2 or not self._model.plan.exists:
            return None
        return self._all[(self._all.index(here) + 1) % len(self._all)]

    def look(self, by: int) -> None:
        """Go to another open region without settling this one."""
        here = self.current
        if here is not None and self._all and self._model.plan.exists:
            self._at = self._all[(self._all.index(here) + by) % len(self._all)].order
            self.changed.emit()

    # -- what is done

    def confirm(self) -> None:
        """What is read back is done; on to the next."""
        self._settle("Confirm")

    def skip(self) -> None:
        """What is read back was left out; on to the next."""
        self._settle("Skip")

    def _settle(self, name: str) -> None:
        here = self.current
        if here is None or not here.places:
            return
        self._at = here.order
        words = region_name(self._model.atlas, here.region_id)
        settle = self._actions.confirm if name == "Confirm" else self._actions.skip
        if settle(here.places, self.tr("Read back: {0}").format(words)):
            self._done.append((name, here.order))

    def back(self) -> None:
        """Take back what was settled here last, and be there again; nothing that was done elsewhere."""
        if not self._done:
            return
        name, order = self._done[-1]
        if self._model.service.undo_name == name:
            self._done.pop()
            self._at = order
            self._model.undo()
        else:
            self._done.clear()

    # -- keys

    def key(self, key: int, *, repeated: bool = False) -> str:
        """What a key means: "confirm", "back", "skip", "previous", "next", "leave", "learned", "refused" or "".

        A key that repeats because it is held confirms nothing: a foot may rest on a pedal.
        """
        if key in _MODIFIERS:
            return ""
        if self.learning:
            return self._learn(key)
        if repeated:
            return ""
        if key == self.pedal or key in CONFIRM_KEYS:
            return "confirm"
        return {
            int(Qt.Key.Key_Backspace): "back",
            int(Qt.Key.Key_S): "skip",
            int(Qt.Key.Key_Left): "previous",
            int(Qt.Key.Key_Right): "next",
            int(Qt.Key.Key_Escape): "leave",
            int(Qt.Key.Key_F11): "leave",
        }.get(key, "")

    def _learn(self, key: int) -> str:
        self.learning = False
        if key == Qt.Key.Key_Escape:
            return "learned"
        if key in TAKEN_KEYS:
            return "refused"
        self.pedal = key
        self._model.service.practice.set_setting(_SETTING, key)
        return "learned"

    # -- in words

    def lines(self, item: ReadBack) -> tuple[str, ...]:
        """What is said under the region: how many, which technique, how deep and how much of each."""
        about = "≈ " if item.about else ""
        points = self.tr("1 point") if item.points == 1 else self.tr("{0} points").format(item.points)
        amount = f"{number(item.dose.depth_mm, 1)} mm" if item.dose.depth_mm is not None else self.tr("no depth")
        if item.volume_ml is not None:
            each = self.tr("dry") if item.volume_ml == 0 else f"{volume(item.volume_ml)} mL"
            amount = f"{amount} · {each}"
        elif item.total_ml is not None:
            amount = f"{amount} · {self.tr('{0} mL in all').format(volume(item.total_ml))}"
        technique = technique_name(item.dose.technique).partition("(")[0].partition("/")[0].strip()
        return about + points, technique, amount

    def spoken(self, item: ReadBack) -> str:
        """All of it as one sentence, for a screen reader."""
        mixture = self.tr("mixture {0}").format(item.dose.mixture) if item.dose.mixture else ""
        parts = (region_name(self._model.atlas, item.region_id), *self.lines(item), mixture)
        return ", ".join(part for part in parts if part)
