"""Everything on one patient in a zip file: machine-readable, the papers, and an index that a person can read.

Nothing in it is encrypted: it is what the patient has a right to get. Papers are copied as they were signed; charts
are drawn anew by whoever calls, as this room knows no paper.
"""

import hashlib
import html
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.entry_kinds import ENTRY_KINDS, entry_class
from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.patient import Patient
from mesomap.domain.photo import Photo
from mesomap.domain.session import Session
from mesomap.services.background import Progress
from mesomap.services.letterhead import letterhead
from mesomap.services.signing import signatures, signed_pdf

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

_SUFFIXES = {
    "application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "text/plain": "txt", "text/html": "html",
}  # fmt: skip
#: Embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX 9).
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
#: Draws the chart of a session as PDF, or None where that cannot be.
DrawChart = Callable[[Session], bytes | None]


@dataclass
class _Bundle:
    """Files by name, and lines of the index."""

    files: dict[str, bytes] = field(default_factory=dict)
    sections: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)

    def add(self, name: str, data: bytes) -> str:
        self.files[name] = data
        return name

    def line(self, words: str, name: str = "") -> None:
        self.sections[-1][1].append((words, name))

    def section(self, title: str) -> None:
        self.sections.append((title, []))


def export_patient(
    practice: "Practice", patient_id: UUID, path: Path, draw_chart: DrawChart, progress: Progress | None = None
) -> int:
    """Write everything on the patient as a zip file, whole or not at all; returns how many files are in it.

    May run beside the window. Raises NotFoundError, NotWritableError, DamagedError.
    """
    patient = practice.patient(patient_id)
    sessions = practice.sessions(patient_id)
    bundle = _Bundle()
    _patient(bundle, patient)
    bundle.section("Sessions")
    for turn, session in enumerate(sessions):
        if progress is not None:
            progress(turn / max(len(sessions), 1), str(session.number))
        _session(practice, bundle, patient, session, draw_chart)
    _entries(practice, bundle, patient_id, [session.id for session in sessions])
    _audit(practice, bundle, patient_id)
    _index(bundle, patient, letterhead(practice).lines)
    _write(path, bundle.files)
    return len(bundle.files)


def _patient(bundle: _Bundle, patient: Patient) -> None:
    from mesomap.storage.canonical import record_fields

    fields = record_fields(patient)
    bundle.section("Patient")
    for name, value in fields.items():
        if value not in (None, "", []) and name != "kind":
            bundle.line(f"{_words(name)}: {', '.join(map(str, value)) if isinstance(value, list) else value}")
    bundle.line("The same, machine-readable", bundle.add("patient.json", _json(fields)))


def _session(
    practice: "Practice", bundle: _Bundle, patient: Patient, session: Session, draw_chart: DrawChart
) -> None:
    from mesomap.exchange.contents import SessionContents
    from mesomap.exchange.writer import session_text

    contents = SessionContents(
        session=session,
        marks=practice.marks(session.id),
        patient=patient,
        complaints=practice.complaints(session.id),
        planned=practice.planned(session.id),
    )
    name = f"sessions/{session.number}.json"
    bundle.add(name, session_text(contents, with_patient=True).encode())
    when = f"{session.started_at:%d %b %Y, %H:%M}"
    bundle.line(f"Session {session.number} · {when} · {session.status} · {session.indication}".rstrip(" ·"), name)
    chart = draw_chart(session)
    if chart is not None:
        bundle.line(f"Chart of session {session.number}", bundle.add(f"charts/{session.number}.pdf", chart))
    for one in signatures(practice, session.id):
        paper = signed_pdf(practice, session.id, one.version)
        kept = bundle.add(f"signed/{session.number}-version-{one.version}.pdf", paper)
        bundle.line(f"As signed by {one.name}, version {one.version}", kept)


def _entries(practice: "Practice", bundle: _Bundle, patient_id: UUID, visits: list[UUID]) -> None:
    """Every kind of entry that names the patient or a session, with its files."""
    for kind in sorted(ENTRY_KINDS):
        owned = _of_kind(practice, entry_class(kind), patient_id, visits)
        if not owned:
            continue
        rows = [_entry_fields(entry) for entry in owned]
        name = bundle.add(f"records/{kind}.json", _json(rows))
        bundle.section(_words(kind).capitalize())
        bundle.line(f"{len(owned)} records, machine-readable", name)
        if kind == Photo.KIND:
            bundle.line("The patient's own copy: it holds all photographs, whatever the photo consent says.")
        for entry, row in zip(owned, rows, strict=True):
            bundle.line(f"{entry.at:%Y-%m-%d %H:%M} · {_summary(row)}")
            if isinstance(entry, Photo):
                _photo(practice, bundle, entry)
                continue
            for digest in _digests(row):
                _attachment(practice, bundle, digest)


def _of_kind(practice: "Practice", kind: type[Entry], patient_id: UUID, visits: list[UUID]) -> list[Entry]:
    found = {entry.id: entry for entry in practice.entries(kind, patient_id=patient_id)}
    for visit in visits:
        found.update((entry.id, entry) for entry in practice.entries(kind, session_id=visit))
    return sorted(found.values(), key=lambda entry: entry.at)


def _entry_fields(entry: Entry) -> dict[str, Any]:
    from mesomap.storage.canonical import record_fields

    return record_fields(entry)


def _digests(row: Any) -> list[str]:
    """Texts anywhere in a record that name a file by its SHA-256."""
    if isinstance(row, dict):
        return [digest for value in row.values() for digest in _digests(value)]
    if isinstance(row, list):
        return [digest for value in row for digest in _digests(value)]
    is_digest = isinstance(row, str) and len(row) == 64 and all(char in "0123456789abcdef" for char in row)
    return [row] if is_digest else []


def _photo(practice: "Practice", bundle: _Bundle, photo: Photo) -> None:
    """The photograph as it is kept; one that cannot be read is named as missing."""
    try:
        data = practice.photo_files.read(photo.file)
    except MesoMapError as error:
        bundle.line(error.sentence)
        return
    name = f"photos/{photo.at:%Y%m%d-%H%M%S}-{photo.file[:8]}.{_SUFFIXES.get(photo.media_type, 'bin')}"
    bundle.line("Photograph", bundle.add(name, data))


def _attachment(practice: "Practice", bundle: _Bundle, digest: str) -> None:
    try:
        file = practice.attachment(digest)
    except BadInputError:  # a digest of something else
        return
    name = f"files/{digest[:16]}.{_SUFFIXES.get(file.media_type, 'bin')}"
    bundle.line("File", bundle.add(name, file.data))


def _audit(practice: "Practice", bundle: _Bundle, patient_id: UUID) -> None:
    """Who did what with these records, and when."""
    from mesomap.exchange.csv_text import csv_bytes
    from mesomap.storage.audit_rows import AuditFilter

    rows = [
        (line.sequence, line.at, line.who, line.what, line.kind, line.record_id)
        for line in practice.audit.all_of(AuditFilter(patient_id=patient_id), 1_000_000)
    ]
    bundle.section("Who did what with these records")
    data = csv_bytes(("number", "when", "who", "what", "record", "id"), rows)
    bundle.line(f"{len(rows)} lines", bundle.add("audit.csv", data))


def _summary(row: dict[str, Any]) -> str:
    parts = []
    for name, value in row.items():
        if name in ("id", "entry", "patient_id", "session_id", "entered_at", "ink") or value in (None, "", []):
            continue
        if isinstance(value, (dict, list)) or (isinstance(value, str) and (len(value) > 200 or _digests(value))):
            continue
        parts.append(f"{_words(name)}: {value}")
    return " · ".join(parts)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "surrogatepass")


def _index(bundle: _Bundle, patient: Patient, head: tuple[str, ...]) -> None:
    """index.html and index.txt: what is there, and where. Plain text, escaped; no script, nothing loaded.

    What turns the direction of a line is left out of both, so that no name turns the numbers after it; the records
    beside them hold it.
    """
    title = f"Records of {patient.display_name}".translate(_TURNING)
    head = tuple(line.translate(_TURNING) for line in head)
    lines = [*head, "", title, ""]
    parts = [f"<p>{'<br>'.join(html.escape(line) for line in head)}</p>", f"<h1>{html.escape(title)}</h1>"]
    for name, rows in bundle.sections:
        lines += ["", name, "-" * len(name)]
        parts.append(f"<h2>{html.escape(name)}</h2><ul>")
        for written, target in rows:
            words = written.translate(_TURNING)
            lines.append(f"{words}{f' [{target}]' if target else ''}")
            shown = html.escape(words)
            parts.append(f'<li><a href="{html.escape(target)}">{shown}</a></li>' if target else f"<li>{shown}</li>")
        parts.append("</ul>")
    sums = "\n".join(f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in sorted(bundle.files.items()))
    bundle.add("sha256sums.txt", (sums + "\n").encode())
    style = "body{font-family:sans-serif;max-width:56em;margin:2em auto;line-height:1.4}"
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{html.escape(title)}</title><style>{style}</style>{''.join(parts)}</html>\n"
    )
    bundle.add("index.html", page.encode("utf-8", "replace"))
    bundle.add("index.txt", ("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _write(path: Path, files: dict[str, bytes]) -> None:
    from mesomap.storage.files import write_atomic

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(name, data)
    write_atomic(path, held.getvalue())
