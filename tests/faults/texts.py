"""Row 18: hostile texts through the database, a table, a printed chart and the export of all of a patient."""

import csv
import io
import json
import unicodedata
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.patient import Patient
from mesomap.exchange.csv_text import csv_text
from mesomap.printing.plain_text import printable
from mesomap.services import Practice
from mesomap.services.patient_export import export_patient
from mesomap.storage import Database, Home, open_database
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE
from tests.faults.practices import new_home
from tests.records import a_patient, a_session, commit

_KNOWN = (
    "<b>Bold</b> & <img src='file:///etc/passwd'>", "=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "\r\n=1",
    "right \u202e tfel", "\u2066left\u2069", "a" + "\u0301" * 1000, "a\x00b", "عربي يسار", "中文左右", "x" * 10_240,
    "'; DROP TABLE patients; --", "%s %n {0} ${HOME}", "\ufeff", "é" , "e\u0301", "\U0001f489", "\u2028", "＝1",
)  # fmt: skip
_TURNING = ("RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI")
_LONE = "half \ud800 a letter"


def run(ground: Ground) -> Tally:
    """Each text is a patient's name and note; also mixtures of them."""
    tally = Tally()
    home = new_home(ground.place("home"))
    database = open_database(home, PASSPHRASE)
    texts = list(_KNOWN)
    while len(texts) < ground.rounds(40, 2000):
        texts.append("".join(ground.chance.choices(_KNOWN, k=2))[: ground.chance.randint(1, 400)])
    for number, text in enumerate(texts):
        tally.rounds += 1
        _kept(database, number, text, tally)
        _table(text, tally)
        _shown(text, tally)
    _refused(database, tally)
    tally.false_alarms += not database.verify().ok
    database.close()
    _printed(ground, home, tally)
    _exported(ground, home, texts[: ground.rounds(len(_KNOWN), 300)], tally)
    naive = sum(_runs(f"{text},x\r\n") for text in _KNOWN)
    tally.control = f"a table written without care would run {naive} of {len(_KNOWN)} texts"
    tally.control_failed = naive > 0
    return tally


def _kept(database: Database, number: int, text: str, tally: Tally) -> None:
    patient = replace(a_patient(f"T{number}"), family_name=text, notes=text)
    commit(database, Change(None, patient))
    found = database.patient(patient.id)
    tally.acknowledged += 1
    tally.lost += found != patient


def _table(text: str, tally: Tally) -> None:
    """A spreadsheet reads back the text, or the text behind an apostrophe; and runs nothing."""
    line = csv_text(("name", "n"), [(text, 1)])
    if "\x00" in text:
        return  # Python's reader of tables takes no NUL; the writer's work is looked at above
    ((_, _), (cell, _)) = list(csv.reader(io.StringIO(line, newline="")))
    tally.found(cell in (text, "'" + text) and not _runs(cell), f"table: {text[:30]!r} came back as {cell[:30]!r}")


def _runs(cell: str) -> bool:
    seen = unicodedata.normalize("NFKC", cell.lstrip("\t\r\n \ufeff")).lstrip()
    return seen.startswith(("=", "+", "-", "@"))


def _shown(text: str, tally: Tally) -> None:
    """On paper nothing turns direction, nothing controls, nothing piles up."""
    shown = printable(text)
    turning = [c for c in shown if unicodedata.bidirectional(c) in _TURNING]
    controls = [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c not in "\r\n"]
    tally.found(not turning and not controls, f"paper: {text[:30]!r}")


def _refused(database: Database, tally: Tally) -> None:
    try:
        commit(database, Change(None, a_patient("lone", _LONE)))
    except BadInputError:
        tally.found(True)
    else:
        tally.found(False, "a lone surrogate was recorded")


def _printed(ground: Ground, home: Home, tally: Tally) -> None:
    """The chart says what the record says."""
    from datetime import UTC, datetime

    from mesomap.atlas import open_atlas
    from mesomap.domain.session import Mixture
    from mesomap.printing import chart_data, print_chart
    from mesomap.printing.application import painting
    from tests.synthetic_atlas import write_synthetic_atlas
    from tests.unit.printing.pdf_text import pages_text

    assert home.exists()
    folder = ground.place("atlas")
    write_synthetic_atlas(folder)
    atlas = open_atlas(folder)
    latin = [text for text in _KNOWN if text.isprintable() and len(text) < 60 and ord(max(text)) < 0x250 and text > "!"]
    with painting():
        for text in latin[: ground.rounds(3, 40)]:
            tally.rounds += 1
            patient = Patient(id=a_patient().id, number="1", family_name=text, given_name="")
            mixtures = (Mixture(letter="A", name=f"{text} \u202e05.0 gm"),)
            session = replace(a_session(patient), atlas=atlas.ref, mixtures=mixtures)
            out = Path(ground.place("chart.pdf"))
            data = chart_data(atlas, patient, session, (), printed_at=datetime.now(UTC), audit_code="1-a")
            print_chart(out, atlas, data)
            said = "".join(pages_text(out)).replace(" \n", " ")
            told = unicodedata.normalize("NFC", text) in unicodedata.normalize("NFC", said)
            tally.found(told and "\u202e" not in said, f"PDF: {text!r}")


class _Reader(HTMLParser):
    """What a browser would show of a page, and the marks in it."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.tags: set[str] = set()

    def handle_data(self, data: str) -> None:
        """Text."""
        self.shown.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A mark; none of them runs or loads anything."""
        self.tags |= {tag, *(name for name, _ in attrs)}


_MARKS_OF_INDEX = frozenset(
    ("html", "lang", "meta", "charset", "http-equiv", "content", "title", "style", "p", "br", "h1", "h2", "ul", "li",
     "a", "href")
)  # fmt: skip


def _exported(ground: Ground, home: Home, texts: list[str], tally: Tally) -> None:
    """All of a patient in a file: the record equal, the index literal and of one direction, the table harmless."""
    out = ground.place("all.zip")
    with Practice.open(home.root, PASSPHRASE) as practice:
        for number, text in enumerate(texts):
            tally.rounds += 1
            patient = replace(a_patient(f"E{number}"), family_name=text, notes=text)
            commit(practice._database, Change(None, patient), name=f"New {text[:40]}")
            export_patient(practice, patient.id, out, lambda _session: None)
            with zipfile.ZipFile(out) as archive:
                files = {name: archive.read(name) for name in archive.namelist()}
            page = _Reader()
            page.feed(files["index.html"].decode())
            shown = "".join(page.shown)
            tally.found(json.loads(files["patient.json"])["notes"] == text, f"export: {text[:30]!r} is another text")
            tally.found(page.tags <= _MARKS_OF_INDEX, f"export: {text[:30]!r} made marks {page.tags}")
            tally.found(_literal(text) in _literal(shown), f"export: {text[:30]!r} is not shown")
            turning = [c for c in shown + files["index.txt"].decode() if unicodedata.bidirectional(c) in _TURNING]
            tally.found(not turning, f"export: {text[:30]!r} turns the line")
            rows = csv.reader(io.StringIO(files["audit.csv"].decode("utf-8-sig").replace("\0", ""), newline=""))
            tally.found(not any(_runs(cell) for row in rows for cell in row), f"export: {text[:30]!r} runs in a table")


def _literal(text: str) -> str:
    """Without what a page does not show as it is: ends of lines, NUL, characters that turn the direction."""
    return "".join(c for c in text if c not in "\r\n\0\ufffd" and unicodedata.bidirectional(c) not in _TURNING)


ROW = Row(18, "hostile text: HTML, formulas, bidi overrides, combining marks, NUL, lone surrogates, 10 kB", run)
