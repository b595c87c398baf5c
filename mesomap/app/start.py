"""Start-up of the window: application object, typeface, theme, window first, everything else after the
first paint.
"""

import os
import tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from mesomap.app.application import make_application
from mesomap.app.logs import install_crash_hook, start_logging
from mesomap.cli.main import WindowRequest
from mesomap.domain.errors import MesoMapError
from mesomap.services import DEMO_PASSPHRASE, DemoPractice, Practice, Progress
from mesomap.storage import Home, home_folder
from mesomap.ui.background import raise_again
from mesomap.ui.collector import collector
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from mesomap.ui.sleep_bell import SleepBell

if TYPE_CHECKING:
    from mesomap.atlas import Atlas
    from mesomap.services.signing import Prepared


def chosen_home(request: WindowRequest) -> Path:
    """Home of the request; the demonstration without one lives in a folder of its own."""
    if request.home is None and request.demo and not os.environ.get("MESOMAP_HOME"):
        return Path(tempfile.gettempdir()) / f"mesomap-demo-{os.getuid() if hasattr(os, 'getuid') else 0}"
    return Path(home_folder(request.home))


def make_window(request: WindowRequest) -> MainWindow:
    """The main window of a request, not shown yet."""
    home = chosen_home(request)
    start_logging(home / "logs")
    secret = DEMO_PASSPHRASE if request.demo else os.environ.get("MESOMAP_PASSPHRASE")
    if secret and Practice.exists(home):
        from mesomap.storage.unlocking import derive_ahead  # late: without a passphrase there is nothing to derive

        derive_ahead(Home(home), secret)
    return MainWindow(Desk(home, demo=request.demo))


def open_practice(window: MainWindow, request: WindowRequest) -> None:
    """After the first paint: the demonstration opens itself; a passphrase in the environment unlocks.

    What was loaded up to then stays for good: it is frozen, so that no later collection holds the window to look at it.
    """
    given = os.environ.get("MESOMAP_PASSPHRASE")
    try:
        if request.demo:
            practice = DemoPractice.open_or_build(window.desk.home, window.desk.shelf, paper=_signed_paper)
            window.desk.take(practice)
            window.sweeper.settle()
            window.open_session(DemoPractice.draft(practice))
            if window.charting is None:
                window.show_patients()
        elif given and window.desk.exists():
            window.desk.unlock(given, create=False)
            window.sweeper.settle()
            window.show_patients()
        else:
            load_ahead(window)
            window.sweeper.settle()
    except MesoMapError as error:
        window.unlock.show_error(error.sentence)
    finally:
        collector.let_run()


def _signed_paper(practice: Practice, atlas: "Atlas", prepared: "Prepared") -> bytes:
    """The PDF of a demonstration's session to be signed; printing is loaded only where one is built."""
    from mesomap.printing.signed_chart import signed_chart

    return signed_chart(practice, atlas, prepared)


def load_ahead(window: MainWindow) -> None:
    """While the passphrase is typed: load beside the window what opening and charting need after it."""

    def load(_progress: Progress) -> None:
        import_module("mesomap.storage.opening")
        # A damaged body is told to whoever opens a session.
        with suppress(MesoMapError):
            window.desk.atlas()

    window.beside.run(load, done=lambda _nothing: window.sweeper.settle(), failed=raise_again)


def listen_for_sleep(window: MainWindow) -> SleepBell:
    """Lock the practice before the computer sleeps, where the system tells; listening begins with the first opening."""
    bell = SleepBell(window)
    bell.asleep.connect(window.lock)
    window.desk.taken.connect(bell.start)
    return bell


def run_window(request: WindowRequest, splash: QWidget | None = None) -> int:
    """Open the window and run until it is closed; the splash goes when the window is there."""
    install_crash_hook()
    app = make_application()
    window = make_window(request)
    window.spare.on = window.sweeper.on = True
    window.backups.start()
    if not request.demo:
        listen_for_sleep(window)
    window.show()
    if splash is not None:
        splash.close()
    QTimer.singleShot(0, lambda: open_practice(window, request))
    code = app.exec()
    window.desk.lock()
    return code
