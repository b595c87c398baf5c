"""What was treated again, and what the figures of a comparison rest on, in sentences."""

from PySide6.QtCore import QCoreApplication

from mesomap.coverage.visits import AreaOverlap
from mesomap.services.comparing import Comparison
from mesomap.ui.words import area


def tr(text: str) -> str:
    """Translate in the context of the page."""
    return QCoreApplication.translate("ComparePage", text)


def overlap_words(found: Comparison) -> str:
    """Skin treated and covered at both visits, cm² and share of the earlier one."""
    said = [] if found.shares_a_region else [tr("No region was treated at both visits.")]
    said.append(_overlap(tr("Treated again: {0} of {1} cm² ({2})."), found.treated))
    said.append(_overlap(tr("Covered again: {0} of {1} cm² ({2})."), found.covered))
    said.append(tr("Overlaps in cm² of the reference body, an estimate. A difference of records shows no effect."))
    return " ".join(said)


def _overlap(words: str, rows: tuple[AreaOverlap, ...]) -> str:
    before, both = sum(row.before_cm2 for row in rows), sum(row.both_cm2 for row in rows)
    share = f"{100 * both / before:.0f} %" if before > 0 else "–"
    return words.format(area(both), area(before), share)
