"""Commands on what the syringes of a session hold."""

import math
from dataclasses import dataclass, replace

from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.mixing import mixed_volume
from mesomap.domain.mixture import MixtureDetails, check_details
from mesomap.domain.session import Mixture, Session, checked_letter

#: More than this is drawn up in no session, mL.
MOST_DRAWN_ML = 1000.0


@dataclass(frozen=True, slots=True)
class DrawUp:
    """How much of a mixture was drawn up in all, mL; None = not recorded. It never stops a mark."""

    session: Session
    letter: str
    drawn_ml: float | None
    name: str = "Draw up"

    def changes(self) -> tuple[Change, ...]:
        """The session with the volume beside the mixture. Raises BadInputError."""
        checked_letter(self.letter)
        if self.drawn_ml is not None and not math.isfinite(self.drawn_ml):
            raise BadInputError("The volume drawn up is not a number. Enter it in mL, for example 2.5.")
        if self.drawn_ml is not None and not 0 <= self.drawn_ml <= MOST_DRAWN_ML:
            raise BadInputError(f"{self.drawn_ml:g} mL drawn up is not possible. Enter 0 to {MOST_DRAWN_ML:g} mL.")
        known = self.session.mixture(self.letter) or Mixture(letter=self.letter)
        return with_mixture(self.session, replace(known, drawn_ml=self.drawn_ml))


@dataclass(frozen=True, slots=True)
class Prepare:
    """How a mixture was made; details None takes the record away. words: its name, None = as it is.

    What was drawn up follows the sum of the lines as long as nobody entered another figure.
    """

    session: Session
    letter: str
    details: MixtureDetails | None
    words: str | None = None
    name: str = "Prepare mixture"

    def changes(self) -> tuple[Change, ...]:
        """The session with the details beside the mixture. Raises BadInputError."""
        checked_letter(self.letter)
        details = None if self.details is None or self.details.is_empty else self.details
        if details is not None:
            check_details(details)
        known = self.session.mixture(self.letter) or Mixture(letter=self.letter)
        drawn_ml = known.drawn_ml
        if drawn_ml is None or drawn_ml == _sum_ml(known.details):
            drawn_ml = _sum_ml(details)
        words = known.name if self.words is None else self.words.strip()
        return with_mixture(self.session, replace(known, name=words, details=details, drawn_ml=drawn_ml))


@dataclass(frozen=True, slots=True)
class PrepareSeveral:
    """Several mixtures at once, as one step. mixtures: letter, name and details as they shall be."""

    session: Session
    mixtures: tuple[Mixture, ...]
    name: str = "Prepare mixture"

    def changes(self) -> tuple[Change, ...]:
        """The session with all of them. Raises BadInputError."""
        session = self.session
        for mixture in self.mixtures:
            for change in Prepare(session, mixture.letter, mixture.details, mixture.name).changes():
                assert isinstance(change.after, Session)
                session = change.after
        return () if session == self.session else (Change(self.session, session),)


def _sum_ml(details: MixtureDetails | None) -> float | None:
    """Sum of the lines, None when one has no volume or there is none."""
    volume = mixed_volume(details) if details is not None else None
    return float(volume.ml) if volume is not None and volume.complete else None


def with_mixture(session: Session, mixture: Mixture) -> tuple[Change, ...]:
    """The session with this mixture in place of the one of its letter; one of which nothing is recorded goes."""
    others = [other for other in session.mixtures if other.letter != mixture.letter]
    if mixture.name or mixture.drawn_ml is not None or mixture.details is not None:
        others.append(mixture)
    mixtures = tuple(sorted(others, key=lambda known: known.letter))
    return () if mixtures == session.mixtures else (Change(session, replace(session, mixtures=mixtures)),)
