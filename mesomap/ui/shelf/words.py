"""Classes, states and answers of products in words."""

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from mesomap.domain.product import Answer, ProductClass, Regulatory
from mesomap.domain.session import SessionStatus
from mesomap.services.shelf import ShelfLot
from mesomap.ui.mixtures.words import expiry_words, ml, moment_words

_CLASSES = {
    ProductClass.HYALURONIC_ACID: QT_TRANSLATE_NOOP("Shelf", "Hyaluronic acid"),
    ProductClass.VITAMINS: QT_TRANSLATE_NOOP("Shelf", "Vitamins"),
    ProductClass.MINERALS: QT_TRANSLATE_NOOP("Shelf", "Minerals and trace elements"),
    ProductClass.AMINO_ACIDS: QT_TRANSLATE_NOOP("Shelf", "Amino acids"),
    ProductClass.COENZYMES: QT_TRANSLATE_NOOP("Shelf", "Coenzymes"),
    ProductClass.ENZYMES: QT_TRANSLATE_NOOP("Shelf", "Enzymes"),
    ProductClass.ANTIOXIDANTS: QT_TRANSLATE_NOOP("Shelf", "Antioxidants"),
    ProductClass.PLANT_EXTRACTS: QT_TRANSLATE_NOOP("Shelf", "Plant extracts"),
    ProductClass.HOMEOPATHIC: QT_TRANSLATE_NOOP("Shelf", "Homeopathic, with potency"),
    ProductClass.MEDICINES: QT_TRANSLATE_NOOP("Shelf", "Conventional medicines"),
    ProductClass.BOTULINUM_TOXIN: QT_TRANSLATE_NOOP("Shelf", "Botulinum toxin"),
    ProductClass.LOCAL_ANAESTHETIC: QT_TRANSLATE_NOOP("Shelf", "Local anaesthetic"),
    ProductClass.LIPOLYTIC: QT_TRANSLATE_NOOP("Shelf", "Lipolytic"),
    ProductClass.DILUENT: QT_TRANSLATE_NOOP("Shelf", "Diluent"),
    ProductClass.PRACTICE: QT_TRANSLATE_NOOP("Shelf", "The practice's own"),
}
_STATES = {
    Regulatory.MEDICINE: QT_TRANSLATE_NOOP("Shelf", "Medicine"),
    Regulatory.DEVICE: QT_TRANSLATE_NOOP("Shelf", "Medical device"),
    Regulatory.HOMEOPATHIC: QT_TRANSLATE_NOOP("Shelf", "Homeopathic medicine"),
    Regulatory.MAGISTRAL: QT_TRANSLATE_NOOP("Shelf", "Magistral preparation"),
    Regulatory.COSMETIC: QT_TRANSLATE_NOOP("Shelf", "Cosmetic"),
    Regulatory.OTHER: QT_TRANSLATE_NOOP("Shelf", "Other"),
}


def tr(text: str) -> str:
    """Translate in the context of the shelf."""
    return QCoreApplication.translate("Shelf", text)


def class_words() -> Mapping[str, str]:
    """Class → word, with "not recorded" first."""
    return {"": tr("Not recorded"), **{key.value: tr(str(word)) for key, word in _CLASSES.items()}}


def regulatory_words() -> Mapping[str, str]:
    """Regulatory status → word, with "not recorded" first."""
    return {"": tr("Not recorded"), **{key.value: tr(str(word)) for key, word in _STATES.items()}}


def answer_words() -> Mapping[str, str]:
    """Yes, no, unknown."""
    return {Answer.YES.value: tr("Yes"), Answer.NO.value: tr("No"), Answer.UNKNOWN.value: tr("Unknown")}


def lot_title(one: ShelfLot) -> str:
    """Lot MV23-0419 · 03/2027."""
    return tr("Lot {0} · expiry {1}").format(one.lot.number, expiry_words(one.lot.expiry))


def lot_state(one: ShelfLot) -> str:
    """What stands under a lot: bought, open vial, used up."""
    parts = []
    if one.lot.bought_ml is not None:
        parts.append(tr("bought {0}").format(ml(one.lot.bought_ml)))
    if one.vial is not None:
        words = tr("vial open since {0}").format(moment_words(one.vial.opened_at))
        if one.vial.use_by is not None:
            words = tr("{0}, use by {1}").format(words, moment_words(one.vial.use_by))
        parts.append(words)
    if one.lot.finished:
        parts.append(tr("used up"))
    return " · ".join(parts)


def lot_warning(one: ShelfLot) -> str:
    """Recalled or expired, in words; "" = neither is recorded."""
    if one.recall is not None:
        return tr("Recalled {0}: {1}").format(one.recall.dated.isoformat(), one.recall.reason)
    return tr("Expired {0}").format(expiry_words(one.lot.expiry)) if one.expired else ""


def status_words(status: SessionStatus) -> str:
    """State of a session."""
    return {
        SessionStatus.DRAFT: tr("not signed"),
        SessionStatus.SIGNED: tr("signed"),
        SessionStatus.AMENDING: tr("being amended"),
        SessionStatus.AMENDED: tr("amended"),
        SessionStatus.VOIDED: tr("voided"),
    }[status]
