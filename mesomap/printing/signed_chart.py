"""The chart of a session as it is about to be signed."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from mesomap.printing.application import painting
from mesomap.printing.chart import pdf_bytes
from mesomap.printing.chart_data import chart_data
from mesomap.printing.options import PrintOptions
from mesomap.printing.pages import ChartPages
from mesomap.services.paper_facts import paper_facts
from mesomap.services.signing import Prepared

if TYPE_CHECKING:
    from mesomap.atlas import Atlas
    from mesomap.services import Practice


def signed_chart(practice: "Practice", atlas: "Atlas", prepared: Prepared) -> bytes:
    """The PDF/A-1b that is kept with the signature. Makes a Qt application when there is none. Raises typed errors."""
    session = prepared.before
    with painting():
        data = chart_data(
            atlas,
            practice.patient(session.patient_id),
            session,
            practice.marks(session.id),
            printed_at=datetime.now().astimezone(),
            audit_code=practice.audit_code,
            radii=practice.effect_radii_mm(),
            complaints=practice.complaints(session.id),
            planned=practice.planned(session.id),
            **paper_facts(practice, session),
        )
        signed = replace(data, session=prepared.after, signature=prepared.signature)
        return pdf_bytes(ChartPages(atlas, signed, PrintOptions()))
