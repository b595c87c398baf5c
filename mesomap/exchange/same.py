"""Does a file hold what is already recorded? Decides between "nothing to do" and "refused"."""

from dataclasses import replace

from mesomap.exchange.contents import NO_PATIENT, SessionContents


def same_content(one: SessionContents, other: SessionContents) -> bool:
    """True when session and marks agree in everything that was charted.

    Chart number and patient are the practice's own and do not count; neither does the order of the marks.
    """
    return _charted(one) == _charted(other)


def _charted(contents: SessionContents) -> tuple[object, ...]:
    session = replace(contents.session, number=0, patient_id=NO_PATIENT)
    drawn = tuple(sorted(contents.complaints, key=lambda complaint: str(complaint.id)))
    planned = tuple(sorted(contents.planned, key=lambda one: str(one.id)))
    return session, tuple(sorted(contents.marks, key=lambda mark: str(mark.id))), drawn, planned
