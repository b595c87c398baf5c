"""Pictures of what opens while charting: overlays, sheets, lists, cards, dialogs and refusals, light and dark."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.dialogs.appearance import Appearance
from mesomap.ui.dialogs.patient_dialog import PatientDialog
from mesomap.ui.theme import theme

#: Longest waits for the preview of the chart and for the figures of a region, ms.
_PREVIEW_MS, _FIGURES_MS = 20_000, 1_500


class States:
    """Takes pictures of one open session; each method leaves the window as it was."""

    def __init__(self, driver: WindowDriver, out: Path) -> None:
        self.driver, self.out = driver, out
        self.made: list[Path] = []

    def save(self, name: str, shown: QWidget | None = None) -> None:
        """The window, or one dialog of it, in both themes."""
        for tone in ("light", "dark"):
            theme.use(tone)
            file = self.out / f"{name}-{tone}.png"
            self.driver.picture(file)
            if shown is not None:
                shown.grab().save(str(file))
            self.made.append(file)
        theme.use("light")

    def overlays(self) -> None:
        """All that can lie over the body at once; the heat map; what the atlas knows."""
        driver, model = self.driver, self.driver.page.model
        model.choose_view("head_front")
        driver.page.canvas.fit()
        bar = driver.page.floating.overlays
        for key in ("heat", "numbers", "guides"):
            driver.click(bar.button(key))
        driver.wait(500)
        self.save("overlay-heat")
        for key in ("heat", "numbers", "guides"):
            driver.click(bar.button(key))
        driver.click(bar.button("atlas"))
        switches = [button for button in bar.atlas_buttons()[:4] if button.isVisible()]
        for button in switches:
            driver.click(button)
        driver.wait(500)
        self.save("overlay-atlas")
        for button in switches:
            driver.click(button)
        driver.click(bar.button("atlas"))

    def pen(self) -> None:
        """The read-out under the pen, marks selected, a distance."""
        driver = self.driver
        driver.choose_tool("place")
        x, y = driver.middle_of("cheek_malar.left")
        for tone in ("light", "dark"):
            theme.use(tone)
            driver.page.canvas.settle_now()
            driver.hover(x + 12, y + 12)
            file = self.out / f"pen-{tone}.png"
            driver.window.grab().save(str(file))
            self.made.append(file)
        theme.use("light")
        driver.choose_tool("measure")
        driver.tap(x, y)
        driver.tap(-x, y)
        self.save("measure")
        driver.key(Qt.Key.Key_Escape)
        self._select_some()
        self.save("selected")

    def lists(self) -> None:
        """Sheet of marks, point list, sheets of a region and of all."""
        driver, window = self.driver, self.driver.window
        self._select_some()
        driver.key(Qt.Key.Key_Return)
        self.save("mark-sheet")
        self._escape()
        driver.page.panes.open_list()
        self.save("point-list")
        driver.page.panes.open_list()
        driver.key(Qt.Key.Key_Escape)
        tally = driver.page.model.tally()
        window.sheets.open(tally.rows[0].region_id)
        driver.wait(_FIGURES_MS)
        self.save("region-sheet")
        self._escape()
        window.sheets.open_whole()
        driver.wait(_FIGURES_MS)
        self.save("region-sheet-all")
        self._escape()
        driver.choose_tool("place")

    def cards(self) -> None:
        """Needle, device, drawn up, layer; light and dark; the plan of last time."""
        driver, page = self.driver, self.driver.page
        for name in ("needle", "device"):
            driver.click(page.dose.carry.chip(name))
            self.save(f"card-{name}")
            page.dosing.put_away()
        driver.window.ask_look(page.top)
        self.save("appearance")
        for card in driver.window.findChildren(Appearance):
            card.close()
        driver.click(page.tools_bar.last_time_button())
        self.save("last-time")
        self._escape()

    def refusals(self) -> None:
        """A value that cannot be, a tap outside the body, a record that cannot be written."""
        driver, page = self.driver, self.driver.page
        field = page.dose.field("depth_mm")
        before = field.text()
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        field.selectAll()
        QTest.keyClicks(field, "999")
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.save("refused-value")
        field.selectAll()
        QTest.keyClicks(field, before)
        QTest.keyClick(field, Qt.Key.Key_Return)
        driver.click(page.canvas, page.canvas.rect().bottomLeft() + page.canvas.rect().center() / 8)
        self.save("refused-place")
        page.top.show_saved(page.tr("Not saved"), good=False)
        page.floating.hint(
            "Not saved: the disk is full. Your last points are kept in the window; free some space and they are "
            "saved by themselves."
        )
        self.save("not-saved")

    def plan(self) -> None:
        """The next visit with the last one as a plan, half settled; its read-back."""
        driver, window = self.driver, self.driver.window
        practice = window.desk.practice
        if practice is None:
            return
        before = driver.page.model.service.session.id
        patient = next(one for one in practice.patients() if one.family_name == "Beispiel")
        window.ask_new_session(patient.id)
        page = driver.page
        driver.wait(100)
        page.model.choose_view("head_front")
        driver.click(page.tools_bar.last_time_button())
        driver.click(page.last_time.plan_button())
        driver.wait(400)
        if page.model.plan.marks:
            page.plan.actions.confirm_regions((page.model.plan.marks[0].mark.region_ids[0],))
            driver.wait(300)
            self.save("plan")
            size = window.size()
            page.plan.read_back()
            window.showNormal()
            window.resize(size)
            driver.wait(200)
            self.save("assistant")
            page.plan.read_back()
        window.open_session(before)
        driver.wait(100)

    def dialogs(self) -> None:
        """The chart before it is printed; the form of a patient with a date that cannot be."""
        driver, window = self.driver, self.driver.window
        window.print_chart()
        window.beside.finish()
        for _turn in range(_PREVIEW_MS // 100):
            driver.wait(100)
            if window.print_dialog is not None and not window.beside.busy:
                break
        driver.wait(_FIGURES_MS)
        if window.print_dialog is not None:
            self.save("print", window.print_dialog)
            window.print_dialog.reject()
        patient = driver.page.model.service.patient
        form = PatientDialog(lambda _entry: patient, window, name="", bodies=window.desk.bodies())
        form.show()
        form.show_problem(form.tr("The date of birth is not a date. Write it as 1980-05-17."))
        self.save("patient-form", form)
        form.close()

    def _select_some(self) -> None:
        """Marks of the left cheek."""
        driver, page = self.driver, self.driver.page
        driver.choose_tool("select")
        marks = [mark for mark in page.model.marks if "cheek_malar.left" in mark.region_ids]
        page.select.select({mark.id: None for mark in marks[:1]})
        driver.wait()

    def _escape(self) -> None:
        """Escape where the keyboard is; the sheet closes."""
        focus = self.driver.window.focusWidget() or self.driver.page.canvas
        QTest.keyClick(focus, Qt.Key.Key_Escape)
        self.driver.wait()


def grab_charting(driver: WindowDriver, out: Path) -> list[Path]:
    """Take them all in the open session."""
    states = States(driver, out)
    for take in (
        states.overlays, states.pen, states.lists, states.cards, states.refusals, states.plan, states.dialogs,
    ):  # fmt: skip
        take()
    return states.made
