"""Before the computer sleeps the practice is locked, and the system waits for it."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.app.start import listen_for_sleep
from mesomap.ui.main_window import MainWindow
from mesomap.ui.sleep_bell import SleepBell
from tests.gui.hands import until


def test_sleep_locks_with_a_session_open_and_waking_does_not(driver: WindowDriver) -> None:
    window = driver.window
    bell = listen_for_sleep(window)
    driver.tap(60, 0)
    bell.prepare(False)
    assert window.desk.practice is not None
    bell.prepare(True)
    assert window.desk.practice is None
    assert window.charting is None
    assert window.unlock.isVisible()
    assert window.windowTitle() == "MesoMap"


def test_the_system_is_let_go_only_when_all_is_locked(window: MainWindow) -> None:
    bell = listen_for_sleep(window)
    reading, writing = os.pipe()
    bell._held = writing
    seen: list[bool] = []
    bell.asleep.connect(lambda: seen.append(bell.holds and window.desk.practice is None))
    bell.prepare(True)
    assert seen == [True]
    assert not bell.holds
    assert os.read(reading, 1) == b"", "the other end is closed"
    os.close(reading)


@pytest.mark.usefixtures("qapp")
def test_without_a_message_bus_nothing_happens() -> None:
    bell = SleepBell(None, "unix:path=/nowhere/at/all")
    bell.start()
    assert not bell.listens
    bell.prepare(False)
    assert not bell.holds
    bell.stop()


class _Login(QDBusVirtualObject):
    """Answers like systemd-logind."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[object] = []
        self.reading: list[int] = []

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        self.asked = list(message.arguments())
        reading, writing = os.pipe()
        self.reading.append(reading)
        reply = message.createReply()
        reply.setArguments([QDBusUnixFileDescriptor(writing)])
        os.close(writing)
        return connection.send(reply)


@pytest.fixture
def address(qapp: QCoreApplication) -> Iterator[str]:
    """A message bus of its own; "" where this computer has none."""
    assert qapp is not None
    program = shutil.which("dbus-daemon")
    if program is None:
        yield ""
        return
    daemon = subprocess.Popen(
        [program, "--session", "--nofork", "--nopidfile", "--print-address"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait(10)
    daemon.stdout.close()


def test_on_a_message_bus_where_there_is_one(address: str) -> None:
    """The whole way: asked to wait, told of sleep, let go, asked again after waking."""
    if not address:
        return  # the tests above hold without one
    system = QDBusConnection.connectToBus(address, "mesomap-test-login")
    login = _Login()
    assert system.registerService("org.freedesktop.login1")
    assert system.registerVirtualObject("/org/freedesktop/login1", login)
    bell = SleepBell(None, address)
    told: list[bool] = []
    bell.asleep.connect(lambda: told.append(bell.holds))
    bell.start()
    bell.start()
    until(lambda: bell.holds)
    assert login.asked == ["sleep", "MesoMap", "Locks the records", "delay"]

    def say(begins: bool) -> None:
        told_of = QDBusMessage.createSignal(
            "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep"
        )
        told_of.setArguments([begins])
        assert system.send(told_of)

    say(True)
    until(lambda: told == [True])
    assert not bell.holds
    assert os.read(login.reading[0], 1) == b"", "the system may sleep"
    say(False)
    until(lambda: bell.holds)
    bell.stop()
    for reading in login.reading:
        os.close(reading)
    QDBusConnection.disconnectFromBus("mesomap-test-login")
