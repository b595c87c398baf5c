"""Products, lots and mixtures in words."""

from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from mesomap.domain.exact import shown
from mesomap.domain.mixing import MixedSubstance, SubstanceDose, Unknown
from mesomap.domain.mixture import MixtureLine
from mesomap.domain.substance import SubstanceAmount
from mesomap.services.mixing import LineNotice, Notice
from mesomap.ui.words import day


def tr(text: str) -> str:
    """Translate in the context of mixtures."""
    return QCoreApplication.translate("Mixtures", text)


def expiry_words(expiry: date | None) -> str:
    """03/2027 for the end of a month, else 14 Mar 2027: where a pack names the month only, the record holds its end."""
    if expiry is None:
        return "–"
    ends = date(expiry.year + expiry.month // 12, expiry.month % 12 + 1, 1).toordinal() - 1 == expiry.toordinal()
    return f"{expiry.month:02d}/{expiry.year}" if ends else day(expiry)


def lot_words(number: str, expiry: date | None) -> str:
    """Lot MV23-0419 · 03/2027."""
    if not number:
        return tr("Lot not recorded")
    words = tr("Lot {0}").format(number)
    return words if expiry is None else f"{words} · {expiry_words(expiry)}"


def notice_words(notice: LineNotice, line: MixtureLine) -> str:
    """One sentence on what should be seen."""
    if notice.kind is Notice.ALLERGY:
        words = tr("Matches the recorded allergy “{0}”.").format(notice.words)
        return f"{words} {tr('Reason: {0}').format(line.reason)}" if line.reason else words
    if notice.kind is Notice.RECALLED:
        return tr("Lot {0} was recalled: {1} It is marked on the chart.").format(
            line.lot_number, _sentence(notice.words)
        )
    if notice.kind is Notice.EXPIRED:
        on = expiry_words(date.fromisoformat(notice.words))
        return tr("Lot {0} expired {1}. It is marked on the chart.").format(line.lot_number or "–", on)
    if notice.kind is Notice.VIAL_OVER:
        return tr("The opened vial was to be used by {0}.").format(moment_words(datetime.fromisoformat(notice.words)))
    return tr("Lot not recorded") if notice.kind is Notice.NO_LOT else tr("Composition not recorded")


def short_words(notice: LineNotice, line: MixtureLine) -> str:
    """The notice in a few words, where there is little room."""
    if notice.kind is Notice.RECALLED:
        return tr("Lot {0} was recalled.").format(line.lot_number)
    if notice.kind is Notice.EXPIRED:
        on = expiry_words(date.fromisoformat(notice.words))
        return tr("Lot {0} expired {1}.").format(line.lot_number or "–", on)
    return notice_words(notice, line)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def ml(value: Decimal | None) -> str:
    """2.50 mL; more places where they were entered; a dash when not recorded."""
    if value is None:
        return "–"
    places = max(2, -int(value.as_tuple().exponent)) if value.is_finite() else 2
    return f"{value:.{min(places, 6)}f} mL"


def label_words(substance: SubstanceAmount) -> str:
    """Lidocaine 20 mg/mL; Arnica D4."""
    if substance.concentration is not None and substance.unit is not None:
        unit = "µg/mL" if substance.unit == "ug/mL" else substance.unit.value
        return f"{substance.name} {substance.concentration} {unit}"
    return f"{substance.name} {substance.potency}".strip()


def concentration_words(row: MixedSubstance) -> str:
    """4 mg/mL, or why there is no figure."""
    if row.per_ml is None or row.measure is None:
        return unknown_words(row.unknown, row.potency)
    words = f"{shown(row.per_ml)} {row.measure.value}/mL"
    return words if row.complete else tr("at least {0}").format(words)


def dose_words(dose: SubstanceDose) -> str:
    """About 12.5 mg, or why there is no figure."""
    if dose.amount is None or dose.measure is None:
        return unknown_words(dose.unknown, dose.potency)
    words = f"{shown(dose.amount)} {dose.measure.value}"
    if dose.about:
        words = tr("about {0}").format(words)
    return words if dose.complete else tr("at least {0}").format(words)


def unknown_words(unknown: Unknown | None, potency: str) -> str:
    """Why there is no concentration."""
    if unknown is Unknown.POTENCY:
        return tr("{0}, no concentration").format(potency)
    return {
        Unknown.PERCENT: tr("% of what is not declared"),
        Unknown.NO_VOLUME: tr("a volume is missing"),
        Unknown.EMPTY: tr("no volume"),
    }.get(unknown or Unknown.NO_CONCENTRATION, tr("concentration not recorded"))


def moment_words(moment: datetime | None) -> str:
    """21 Nov 2026, 14:22."""
    if moment is None:
        return "–"
    local = moment.astimezone()
    return f"{day(local)}, {local:%H:%M}"
