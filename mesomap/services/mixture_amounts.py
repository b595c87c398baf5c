"""How much of each mixture was given, and what is left of what was drawn up: bookkeeping, it stops nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from mesomap.domain.marks import Mark
from mesomap.domain.session import Session


@dataclass(frozen=True, slots=True)
class MixtureAmount:
    """One letter. given_ml: sum of what was recorded; complete: every mark of it has a volume.

    drawn_ml: None = not recorded. discarded_ml: thrown away, 0 = none is recorded. name: in words, "" = none.
    """

    letter: str
    name: str
    given_ml: float
    complete: bool
    drawn_ml: float | None
    discarded_ml: float = 0.0

    @property
    def left_ml(self) -> float | None:
        """What is left, below zero when more was recorded than drawn up; None when not known how much was drawn up.

        An upper limit unless complete.
        """
        return None if self.drawn_ml is None else self.drawn_ml - self.given_ml - self.discarded_ml


def mixture_amounts(session: Session, marks: Iterable[Mark]) -> dict[str, MixtureAmount]:
    """Amounts by letter, for every letter that the session names or a mark carries, in order of the letters."""
    given: dict[str, float] = {}
    open_letters: set[str] = set()
    for mark in marks:
        letter = mark.dose.mixture
        if letter is None:
            continue
        given.setdefault(letter, 0.0)
        if mark.total_ml is None:
            open_letters.add(letter)
        else:
            given[letter] += mark.total_ml
    found: dict[str, MixtureAmount] = {}
    for letter in sorted({*given, *(mixture.letter for mixture in session.mixtures)}):
        known = session.mixture(letter)
        found[letter] = MixtureAmount(
            letter=letter,
            name=known.name if known else "",
            given_ml=given.get(letter, 0.0),
            complete=letter not in open_letters,
            drawn_ml=known.drawn_ml if known else None,
            discarded_ml=float(known.details.discarded_ml or 0) if known and known.details else 0.0,
        )
    return found
