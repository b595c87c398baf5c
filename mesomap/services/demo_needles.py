"""Needles, insertions and volumes drawn up of the demonstration: recorded at some visits only, as in real records."""

from collections.abc import Sequence
from dataclasses import replace

from mesomap.domain.marks import Dose, Mark
from mesomap.domain.needle import Insertion, Needle
from mesomap.domain.session import Session
from mesomap.services.demo_courses import Part
from mesomap.services.mixture_amounts import mixture_amounts

#: Free lengths of needles, mm, and their gauges.
_NEEDLES = ((4.0, 30), (6.0, 30), (13.0, 27))
#: The corrected fills of the demonstration go a little deeper.
_SPARE_MM = 0.3


def demo_dose(part: Part, session: Session) -> Dose:
    """What a part carries: at every other visit with its needle, at every sixth by inserted length and angle."""
    plain = Dose(technique=part.technique, mixture=part.mixture, depth_mm=part.depth_mm)
    if session.number % 2:
        return plain
    length, gauge = next(((mm, g) for mm, g in _NEEDLES if part.depth_mm + _SPARE_MM <= mm), _NEEDLES[-1])
    needle = Needle(gauge=gauge, length_mm=length, lot=f"EXAMPLE-{session.number:03d}", single_use=True)
    dose = replace(plain, needle=needle)
    if session.number % 6 or 2 * part.depth_mm > length:
        return dose
    insertion = Insertion(inserted_mm=2 * part.depth_mm, angle_deg=30.0)
    return replace(dose, insertion=insertion, depth_mm=insertion.depth_mm)


def with_drawn_up(session: Session, marks: Sequence[Mark]) -> Session:
    """At every third visit what was drawn up is recorded: the next half millilitre above what was given."""
    if session.number % 3:
        return session
    given = {letter: amount.given_ml for letter, amount in mixture_amounts(session, marks).items()}
    mixtures = tuple(replace(m, drawn_ml=(int(given[m.letter] * 2) + 1) / 2) for m in session.mixtures)
    return replace(session, mixtures=mixtures)
