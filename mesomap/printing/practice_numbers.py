"""The practice's numbers on paper: figures, changes of scales, and that they are no evidence of effect."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mesomap.domain.scale import scale
from mesomap.domain.score import Judge
from mesomap.printing.text_document import TextDocument
from mesomap.printing.wording import DASH, day, ml, moment, tr
from mesomap.services.practice_numbers import PracticeNumbers, ScaleChange

_SHARES = (3.4, 1.6, 0.6, 1.0, 1.0, 1.6)


def no_evidence() -> str:
    """What the figures are not."""
    return tr(
        "These figures count what is on record in this practice. They are no evidence of any effect: who came back and "
        "who was scored is not at random, nothing was compared with no treatment, and what nobody recorded is not "
        "in them."
    )


def numbers_document(
    numbers: PracticeNumbers, head: Sequence[str], printed_at: datetime, language: str
) -> TextDocument:
    """The page with the figures of a period."""
    document = TextDocument(tr("The practice’s numbers"), tuple(head), f"{tr('Printed')} {moment(printed_at)}")
    document.paragraph(period_words(numbers), strong=True)
    sums = numbers.sums
    rate = numbers.events_per_1000
    for name, value in (
        (tr("Sessions"), f"{sums.sessions}"),
        (tr("Patients"), f"{sums.patients}"),
        (tr("Points"), f"{sums.points}"),
        (tr("About points (areas)"), f"≈ {sums.about_points}"),
        (tr("mL recorded"), ml(sums.volume_ml)),
        (tr("Adverse events on record"), f"{numbers.adverse_events}"),
        (tr("Adverse events per 1,000 sessions"), DASH if rate is None else f"{rate:.1f}"),
    ):
        document.line((name, value), (3.0, 4.0))
    document.paragraph(tr("Change of scales, from the first to the last score of the period"), strong=True, gap=14)
    if numbers.changes:
        document.line(heads(), _SHARES, strong=True)
    for change in numbers.changes:
        document.line(change_cells(change, language), _SHARES)
    if not numbers.changes:
        document.paragraph(tr("No patient was scored twice on the same scale in this period."))
    document.paragraph(pairs_words(), gap=10)
    document.paragraph(no_evidence(), strong=True, gap=14)
    return document


def period_words(numbers: PracticeNumbers) -> str:
    """From when to when, both days within."""
    since, until = numbers.since, numbers.until
    if since is None and until is None:
        return tr("Everything on record")
    first = tr("the beginning") if since is None else day(since.date())
    last = tr("today") if until is None else day((until - timedelta(days=1)).date())
    return f"{first} – {last}"


def heads() -> tuple[str, ...]:
    """Heads of the table of changes."""
    return (tr("Scale"), tr("Judged by"), tr("n"), tr("Mean change"), tr("Spread (SD)"), tr("Smallest to largest"))


def pairs_words() -> str:
    """What one of the n is."""
    return tr(
        "n: patients and sites that were judged at least twice by the same; change: last score less first. A higher "
        "score is worse on all scales named here. Void sessions and withdrawn entries are not counted."
    )


def change_cells(change: ScaleChange, language: str) -> tuple[str, ...]:
    """One line of the table of changes."""
    judge = tr("practitioner") if change.judge is Judge.PRACTITIONER else tr("patient")
    spread = DASH if change.spread is None else f"{change.spread:.2f}"
    return (
        scale(change.scale).name(language),
        judge,
        str(change.n),
        signed(change.mean),
        spread,
        f"{signed(change.low)} … {signed(change.high)}",
    )


def signed(value: float) -> str:
    """+1.25, −0.50, 0.00."""
    return f"{value:+.2f}".replace("-", "−") if abs(value) >= 0.005 else "0.00"
