"""Told before the computer sleeps: systemd-logind says so on the system's message bus (Linux only).

https://systemd.io/INHIBITOR_LOCKS/: a "delay" lock is a file that is held open; the system waits with sleeping until it
is closed, five seconds at most. Nothing leaves the computer, and where there is no such bus everything stays as it is:
sleep is then told by the clocks alone, after waking (services.hiding.Watch).
"""

import logging
import os
import sys

from PySide6.QtCore import QObject, Signal, Slot

log = logging.getLogger(__name__)

#: A slot as Qt writes it: 1, then the signature.
_SLOT = "1prepare(bool)"
_SERVICE, _PATH, _MANAGER = "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"


class SleepBell(QObject):
    """asleep: the computer is about to sleep; the system waits until all who listen are done.

    address: of another bus, for tests; "" = the system's.
    """

    asleep = Signal()

    def __init__(self, parent: QObject | None = None, address: str = "") -> None:
        super().__init__(parent)
        self._address = address
        self._bus: object | None = None
        self._held = -1
        self._asking: object | None = None

    @property
    def listens(self) -> bool:
        """True once the bus was found."""
        return self._bus is not None

    @property
    def holds(self) -> bool:
        """True while the system would wait for this program."""
        return self._held >= 0

    def start(self) -> None:
        """Begin to listen; calling it again does no harm. Never raises: it is a help."""
        if self.listens or (not sys.platform.startswith("linux") and not self._address):
            return
        try:
            from PySide6.QtDBus import QDBusConnection  # needed for this alone
        except ImportError:
            log.info("no message bus: sleep is told by the clocks")
            return
        bus = (
            QDBusConnection.connectToBus(self._address, f"mesomap-{id(self)}")
            if self._address
            else QDBusConnection.systemBus()
        )
        # The stubs ask for bytes; PySide6 takes a text only.
        if not bus.isConnected() or not bus.connect(
            _SERVICE, _PATH, _MANAGER, "PrepareForSleep", self, _SLOT  # type: ignore[call-overload]
        ):
            log.info("no message bus: sleep is told by the clocks")
            return
        self._bus = bus
        self._take()

    @Slot(bool)
    def prepare(self, begins: bool) -> None:
        """The system is about to sleep (True), or awake again (False)."""
        if begins:
            log.info("the computer is about to sleep")
            try:
                self.asleep.emit()
            finally:
                self._let_go()
        elif not self.holds:
            self._take()

    def stop(self) -> None:
        """The system need not wait for this program any more."""
        self._let_go()

    def _take(self) -> None:
        """Ask the system to wait the next time; the answer comes by itself."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        if not isinstance(self._bus, QDBusConnection):
            return
        ask = QDBusMessage.createMethodCall(_SERVICE, _PATH, _MANAGER, "Inhibit")
        ask.setArguments(["sleep", "MesoMap", "Locks the records", "delay"])
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(ask), self)
        watcher.finished.connect(self._took)
        self._asking = watcher

    def _took(self, watcher: object) -> None:
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

        self._asking = None
        if not isinstance(watcher, QDBusPendingCallWatcher):
            return
        reply = watcher.reply()
        given = reply.arguments() if reply.type() is QDBusMessage.MessageType.ReplyMessage else []
        if given and isinstance(given[0], QDBusUnixFileDescriptor) and given[0].isValid():
            self._let_go()
            self._held = os.dup(given[0].fileDescriptor())
        watcher.deleteLater()

    def _let_go(self) -> None:
        if self._held >= 0:
            os.close(self._held)
            self._held = -1
