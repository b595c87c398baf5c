"""Use cases: the only doorway for the window and the command line. No Qt."""

from mesomap.services.background import Progress, Runner, RunNow
from mesomap.services.charting import ChartingService
from mesomap.services.demo_home import DEMO_PASSPHRASE, DEMO_PIN, DemoPractice
from mesomap.services.fill_preview import FillPreview
from mesomap.services.practice import Practice
from mesomap.services.remembered import Remembered

__all__ = [
    "DEMO_PASSPHRASE",
    "DEMO_PIN",
    "ChartingService",
    "DemoPractice",
    "FillPreview",
    "Practice",
    "Progress",
    "Remembered",
    "RunNow",
    "Runner",
]
