"""What should be seen of the mixtures of a session, in words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from mesomap.domain.clock import now
from mesomap.domain.mixture import MixtureDetails, MixtureLine
from mesomap.domain.session import SessionStatus
from mesomap.services import ChartingService
from mesomap.services.mixing import RED, LineNotice, Notice, notices
from mesomap.services.shelf import Shelf
from mesomap.ui.mixtures.words import moment_words, notice_words, short_words


def details_of(service: ChartingService, letter: str) -> MixtureDetails:
    """What is recorded of a letter; empty when nothing is."""
    mixture = service.session.mixture(letter)
    return mixture.details if mixture is not None and mixture.details is not None else MixtureDetails()


def notices_of(service: ChartingService, shelf: Shelf, line: MixtureLine) -> tuple[LineNotice, ...]:
    """Notices of a line on the day of the session."""
    at = service.session.started_at
    return notices(line, shelf, service.patient.allergies, at.date(), at)


def warned(service: ChartingService, shelf: Shelf) -> dict[str, tuple[str, ...]]:
    """By letter, why its chip carries a red triangle."""
    letters = [mixture.letter for mixture in service.session.mixtures if mixture.details is not None]
    return {
        letter: tuple(notice_words(notice, line) for line, notice in _in_red(service, shelf, letter))
        for letter in letters
    }


def to_see(service: ChartingService, shelf: Shelf, letter: str) -> tuple[str, ...]:
    """Sentences in red on a mixture; an allergy that has its reason stands on the card only."""
    found = [
        short_words(notice, line)
        for line, notice in _in_red(service, shelf, letter)
        if notice.kind is not Notice.ALLERGY or not line.reason
    ]
    use_by = details_of(service, letter).use_by
    if use_by is not None and service.session.status is SessionStatus.DRAFT and use_by < now():
        words = QCoreApplication.translate("Mixtures", "Mixture {0} was to be used by {1}.")
        found.append(words.format(letter, moment_words(use_by)))
    return tuple(found)


def with_line(details: MixtureDetails, place: int, **values: Any) -> MixtureDetails:
    """The mixture with the line in this place changed."""
    lines = tuple(replace(one, **values) if p == place else one for p, one in enumerate(details.lines))
    return replace(details, lines=lines)


def without_line(details: MixtureDetails, place: int) -> MixtureDetails:
    """The mixture without the line in this place."""
    return replace(details, lines=tuple(one for p, one in enumerate(details.lines) if p != place))


def _in_red(service: ChartingService, shelf: Shelf, letter: str) -> Iterator[tuple[MixtureLine, LineNotice]]:
    return (
        (line, notice)
        for line in details_of(service, letter).lines
        for notice in notices_of(service, shelf, line)
        if notice.kind in RED
    )
