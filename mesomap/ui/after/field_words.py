"""Names of the fields of what is recorded after a treatment, as its history shows them."""

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Translate in the context of these words."""
    return QCoreApplication.translate("EntryFields", text)


def entry_field(path: str) -> str:
    """Name of a field; one that is not of these entries is named as in the audit."""
    known = {
        "onset": tr("onset"),
        "onset_hour_known": tr("time of the onset known"),
        "term": tr("event"),
        "description": tr("description"),
        "grade": tr("grade"),
        "grade_scale": tr("graded by"),
        "regions": tr("site"),
        "suspected_lot": tr("suspected lot"),
        "lot_id": tr("lot of the practice"),
        "action": tr("action"),
        "outcome": tr("outcome"),
        "ended_on": tr("last day"),
        "reported": tr("reported to an authority"),
        "reported_on": tr("reported on"),
        "reported_to": tr("reported to"),
        "contact": tr("how"),
        "reaction": tr("reaction"),
        "text": tr("what was said and seen"),
        "settles": tr("planned follow-up"),
    }
    if path in known:
        return known[path]
    # The words of the audit are needed here alone.
    from mesomap.ui.trust.audit_words import field_words

    return field_words(path)
