"""The splash: what is painted before anything heavy is loaded."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.app.entry import dress
from mesomap.render import tokens
from mesomap.ui import splash as splash_module
from mesomap.ui.splash import Splash

_PROBE = """
import builtins, sys
plain = builtins.__import__
from mesomap.app.entry import show_splash
splash = show_splash()
heavy = ("numpy", "sqlalchemy", "mesomap.ui.theme", "mesomap.ui.typefaces", "PySide6.QtSvg", "importlib.resources")
print(splash.painted, builtins.__import__ is plain, [name for name in heavy if name in sys.modules])
sys.stdout.flush()
import os
os._exit(0)
"""


def test_the_first_paint_waits_for_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True True []"


@pytest.mark.parametrize(("colours", "theme"), [("LIGHT", tokens.LIGHT), ("DARK", tokens.DARK)])
def test_its_colours_are_those_of_the_theme(colours: str, theme: tokens.Tokens) -> None:
    assert getattr(splash_module, colours) == (theme.bg, theme.text, theme.onink, theme.text2)


def test_it_shows_the_mark_at_once_and_the_words_later(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    make_application()
    monkeypatch.setattr(QSettings, "value", lambda *_asked: "dark")
    splash = Splash()
    qtbot.addWidget(splash)
    bare = splash.grab().toImage()
    assert splash.painted
    assert bare.pixelColor(2, 2).name().upper() == tokens.DARK.bg
    monkeypatch.undo()
    dress(splash)
    assert splash.grab().toImage() != bare
