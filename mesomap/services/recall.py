"""Recall: from a lot to every session, patient, region and mark, and to what is left; as one page and as CSV."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.errors import NotFoundError
from mesomap.domain.exact import total
from mesomap.domain.lot import Lot, LotRecall, OpenedVial, folded_lot, standing_recall
from mesomap.domain.product import Product
from mesomap.domain.recall import LotTrace
from mesomap.domain.session import Session
from mesomap.exchange.csv_text import Cell, csv_bytes

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

#: Heads of the columns of trace_csv(), in English; the window gives its own.
COLUMNS = (
    "Lot", "Product", "Session", "Date", "Status", "Practitioner", "Patient number", "Family name", "Given name",
    "Mixture", "Drawn up mL", "Region", "Technique", "Points", "About", "Volume of mixture mL", "Session id", "Mark id",
)  # fmt: skip


def find_lots(practice: "Practice", number: str) -> tuple[Lot, ...]:
    """Lots of this number, of whatever product; capitals and spaces aside. Raises NotFoundError."""
    wanted = folded_lot(number)
    found = tuple(lot for lot in practice.entries(Lot, key=wanted) if not lot.withdrawn) if wanted else ()
    if not found:
        raise NotFoundError(f"No lot “{number.strip()[:60]}” is recorded in this practice. Compare it with the pack.")
    return found


def trace_lot(practice: "Practice", lot: Lot) -> LotTrace:
    """Everything recorded of one lot: sessions, patients, regions, marks, vials, and what is left on paper."""
    sessions = practice.lot_reader.sessions_of(lot.id)
    vials = tuple(vial for vial in practice.entries(OpenedVial, refers_to=lot.id) if not vial.withdrawn)
    products = {one.id: one for one in (practice.entry(Product, lot.product_id),)}
    counted = [session for session in sessions if not session.voided]
    drawn = total(session.drawn_ml for session in counted)
    discarded = total(vial.discarded_ml for vial in vials if vial.discarded_ml is not None)
    return LotTrace(
        lot=lot,
        product=products.get(lot.product_id),
        recall=standing_recall(practice.entries(LotRecall, refers_to=lot.id)),
        vials=vials,
        sessions=sessions,
        drawn_ml=drawn,
        discarded_ml=discarded,
        left_ml=None if lot.bought_ml is None else total((lot.bought_ml, -drawn, -discarded)),
        complete=all(session.complete for session in counted),
    )


def recalled_lots(practice: "Practice", session: Session) -> frozenset[UUID]:
    """Ids of the lots of a session's mixtures that are recalled now."""
    lots = {
        line.lot_id
        for mixture in session.mixtures
        if mixture.details is not None
        for line in mixture.details.lines
        if line.lot_id is not None
    }
    return frozenset(lot for lot in lots if standing_recall(practice.entries(LotRecall, refers_to=lot)) is not None)


def trace_rows(trace: LotTrace, region_name: Callable[[str], str] = str) -> list[tuple[Cell, ...]]:
    """One row for each mark and region, or for a session without marks, in the order of COLUMNS."""
    rows: list[tuple[Cell, ...]] = []
    product = trace.product.name if trace.product is not None else ""
    for one in trace.sessions:
        head: tuple[Cell, ...] = (
            trace.lot.number, product, one.number, one.started_at.isoformat(timespec="minutes"), one.status.value,
            one.practitioner, one.patient_number, one.family_name, one.given_name,
        )  # fmt: skip
        drawn = "" if one.known_ml is None else f"{'' if one.complete else '≥ '}{one.known_ml}"
        if not one.marks:
            nothing: tuple[Cell, ...] = ("", "", None, "", None, str(one.id), "")
            rows.append((*head, ", ".join(one.letters), drawn, *nothing))
        for mark in one.marks:
            regions = ", ".join(region_name(region) for region in mark.region_ids)
            rows.append(
                (
                    *head,
                    mark.letter,
                    drawn,
                    regions,
                    mark.technique,
                    mark.points,
                    "about" if mark.about else "",
                    None if mark.volume_ml is None else round(mark.volume_ml, 6),
                    str(one.id),
                    str(mark.id),
                )
            )
    return rows


def trace_csv(
    trace: LotTrace, region_name: Callable[[str], str] = str, *, header: tuple[str, ...] = COLUMNS, bom: bool = True
) -> bytes:
    """The trace as CSV in UTF-8; nothing in it is run by a spreadsheet."""
    return csv_bytes(header, trace_rows(trace, region_name), bom=bom)
