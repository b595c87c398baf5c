"""A recall on paper: the lot, its figures, and every session with patient, regions and points."""

from collections.abc import Callable, Sequence
from datetime import datetime

from mesomap.domain.recall import LotSession, LotTrace
from mesomap.printing.text_document import TextDocument
from mesomap.printing.wording import DASH, day, ml, moment, tr

_SHARES = (0.8, 1.3, 3.0, 1.0, 3.6, 0.9, 1.1)


def recall_document(
    trace: LotTrace,
    region_name: Callable[[str], str],
    head: Sequence[str],
    printed_at: datetime,
    audit_code: str = "",
) -> TextDocument:
    """The sheet of a lot. region_name: id to name with side."""
    foot = f"{tr('Printed')} {moment(printed_at)}"
    if audit_code:
        foot = f"{foot} · {tr('audit')} {audit_code}"
    document = TextDocument(f"{tr('Lot')} {trace.lot.number}", tuple(head), foot)
    product = trace.product.name if trace.product is not None else tr("product not recorded")
    expiry = day(trace.lot.expiry) if trace.lot.expiry is not None else DASH
    document.paragraph(f"{product} · {tr('expiry')} {expiry}", strong=True)
    recall = trace.recall
    if recall is not None:
        said = f"{recall.reason} ({recall.source})" if recall.source else recall.reason
        document.paragraph(f"{tr('Recalled')} {day(recall.dated)}: {said}", strong=True)
    limit = "" if trace.complete else "≥ "
    left = DASH if trace.left_ml is None else f"{'' if trace.complete else '≤ '}{ml(float(trace.left_ml))}"
    for name, value in (
        (tr("Sessions"), str(len(trace.counted))),
        (tr("Patients"), str(trace.patients)),
        (tr("Marks"), str(trace.marks)),
        (tr("Points"), f"{'≈ ' if any(one.about for one in trace.counted) else ''}{trace.points}"),
        (tr("Drawn up, mL"), f"{limit}{ml(float(trace.drawn_ml))}"),
        (tr("Left on paper, mL"), left),
    ):
        document.line((name, value), (3.0, 4.0))
    document.paragraph(tr("Sessions"), strong=True, gap=14)
    document.line(
        (
            tr("Chart"), tr("Date"), tr("Patient"), tr("Mixture"), tr("Regions"), tr("Points"), tr("Drawn, mL"),
        ),
        _SHARES,
        strong=True,
    )  # fmt: skip
    for one in trace.sessions:
        document.line(_cells(one, region_name), _SHARES)
    if not trace.sessions:
        document.paragraph(tr("No session on record names this lot."))
    document.paragraph(
        tr(
            "Read from what was recorded in this practice; a lot that nobody recorded is not here. Voided sessions are "
            "listed and not counted."
        ),
        gap=10,
    )
    return document


def recall_pdf(
    trace: LotTrace,
    region_name: Callable[[str], str],
    head: Sequence[str],
    printed_at: datetime,
    audit_code: str = "",
) -> bytes:
    """The sheet as PDF. Needs a QGuiApplication; may run in another thread."""
    return recall_document(trace, region_name, head, printed_at, audit_code).pdf()


def _drawn(one: LotSession) -> str:
    if one.known_ml is None:
        return DASH
    return f"{'' if one.complete else '≥ '}{ml(float(one.known_ml))}"


def _cells(one: LotSession, region_name: Callable[[str], str]) -> tuple[str, ...]:
    name = ", ".join(part for part in (one.family_name, one.given_name) if part)
    regions = " · ".join(region_name(region) for region in one.region_ids)
    number = f"{one.number} ({tr('voided')})" if one.voided else str(one.number)
    return (
        number,
        day(one.started_at),
        f"{name} ({one.patient_number})",
        " ".join(one.letters),
        regions or DASH,
        f"≈ {one.points}" if one.about else str(one.points),
        _drawn(one),
    )
