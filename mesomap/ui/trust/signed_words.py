"""Signed, amended, voided: in words of the window, and what changed on the map."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.session import Session, SessionStatus
from mesomap.domain.signature import Signature
from mesomap.ui.words import clock, day, number, technique_name

if TYPE_CHECKING:
    from mesomap.services.amending import MapDiff, Version


def tr(text: str) -> str:
    """Translate in the context of these words."""
    return QCoreApplication.translate("SignedWords", text)


def state_words(session: Session, signature: Signature | None) -> tuple[str, str, str]:
    """Words, colour and icon of the chip that says how the session stands; "" while it is an open draft."""
    status = session.status
    if status is SessionStatus.VOIDED:
        return tr("Voided"), "red", "alert"
    if status is SessionStatus.AMENDING:
        return tr("Being amended"), "amber", "pen"
    if status is SessionStatus.DRAFT or signature is None:
        return "", "", ""
    word = tr("Signed {0}") if status is SessionStatus.SIGNED else tr("Amended {0}")
    return word.format(_moment(signature.signed_at)), "green", "lock"


def signer_words(version: "Version") -> str:
    """Who signed a version and when."""
    when = _moment(version.at)
    return when if version.signature is None else f"{who_words(version.signature)} · {when}"


def who_words(signature: Signature) -> str:
    """Name and qualification of who signed."""
    return ", ".join(part for part in (signature.name, signature.qualification) if part)


def when_words(signature: Signature) -> str:
    """When it was signed, and which version that was."""
    return tr("Version {0}, signed {1}").format(signature.version, _moment(signature.signed_at))


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{day(local)}, {clock(local)}"


def diff_lines(diff: "MapDiff", head: Sequence[str], region_word: Callable[[str], str]) -> list[str]:
    """What changed since the version before, one line each."""
    lines = [tr("Added: {0}").format(words) for words in _grouped(diff.added, region_word)]
    lines += [tr("Taken away: {0}").format(words) for words in _grouped(diff.removed, region_word)]
    for old, new in diff.changed:
        lines.append(tr("Changed: {0} → {1}").format(mark_words(old, region_word), mark_words(new, region_word)))
    named = [_HEAD[name]() for name in head if name in _HEAD]
    if named:
        lines.append(tr("Changed about the session: {0}").format(", ".join(named)))
    return lines or [tr("Nothing changed on the map.")]


_HEAD: dict[str, Callable[[], str]] = {
    "started_at": lambda: tr("date and time"),
    "indication": lambda: tr("indication"),
    "practitioner": lambda: tr("practitioner"),
    "mixtures": lambda: tr("mixtures"),
    "remark": lambda: tr("remark"),
    "frame": lambda: tr("surroundings"),
}


def _grouped(marks: Sequence[Mark], region_word: Callable[[str], str]) -> list[str]:
    """Marks that read alike are counted."""
    counts = Counter(mark_words(mark, region_word) for mark in marks)
    return [words if count == 1 else f"{count} × {words}" for words, count in counts.items()]


def mark_words(mark: Mark, region_word: Callable[[str], str]) -> str:
    """Where, how many, with what, how deep, how much."""
    parts = [", ".join(region_word(region) for region in mark.region_ids) or "–"]
    if isinstance(mark, InjectionSet):
        parts.append(tr("1 point") if mark.count == 1 else tr("{0} points").format(mark.count))
    elif isinstance(mark, AreaRecord) and mark.about_n is not None:
        parts.append(tr("about {0}").format(mark.about_n))
    parts.append(technique_name(mark.dose.technique))
    if mark.dose.mixture:
        parts.append(tr("mixture {0}").format(mark.dose.mixture))
    if mark.dose.depth_mm is not None:
        parts.append(f"{number(mark.dose.depth_mm, 1)} mm")
    volume = mark.total_ml
    if volume is not None:
        parts.append(f"{number(volume, 2)} mL")
    return " · ".join(parts)
