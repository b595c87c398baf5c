"""Every kind of entry and where its class is; loaded when first met, as start-up time counts."""

from functools import cache
from importlib import import_module

from mesomap.domain.entry import Entry

#: Kind → module and class. A kind once released stays for ever.
ENTRY_KINDS: dict[str, tuple[str, str]] = {
    "adverse_event": ("mesomap.domain.adverse_event", "AdverseEvent"),
    "advice_given": ("mesomap.domain.advice", "AdviceGiven"),
    "advice_sheet": ("mesomap.domain.advice", "AdviceSheet"),
    "amendment": ("mesomap.domain.amendment", "Amendment"),
    "caution_answer": ("mesomap.domain.caution", "CautionAnswer"),
    "caution_question": ("mesomap.domain.caution", "CautionQuestion"),
    "consent": ("mesomap.domain.consent", "Consent"),
    "consent_end": ("mesomap.domain.consent", "ConsentWithdrawal"),
    "consent_text": ("mesomap.domain.consent", "ConsentText"),
    "course": ("mesomap.domain.course", "Course"),
    "erasure": ("mesomap.domain.restriction", "Erasure"),
    "favourite": ("mesomap.domain.product", "Favourite"),
    "follow_up": ("mesomap.domain.follow_up", "FollowUp"),
    "follow_up_due": ("mesomap.domain.follow_up", "FollowUpPlanned"),
    "lot": ("mesomap.domain.lot", "Lot"),
    "lot_recall": ("mesomap.domain.lot", "LotRecall"),
    "measure": ("mesomap.domain.body_measure", "BodyMeasure"),
    "nutrition": ("mesomap.domain.nutrition", "NutritionNote"),
    "opened_vial": ("mesomap.domain.lot", "OpenedVial"),
    "payment": ("mesomap.domain.price", "Payment"),
    "person": ("mesomap.domain.person", "Person"),
    "photo": ("mesomap.domain.photo", "Photo"),
    "photo_alignment": ("mesomap.domain.photo", "PhotoAlignment"),
    "photo_landmarks": ("mesomap.domain.photo", "PhotoLandmarks"),
    "photo_mask": ("mesomap.domain.photo_mask", "PhotoMask"),
    "price": ("mesomap.domain.price", "Price"),
    "product": ("mesomap.domain.product", "Product"),
    "protocol": ("mesomap.domain.protocol", "Protocol"),
    "receipt": ("mesomap.domain.receipt", "Receipt"),
    "restricted_use": ("mesomap.domain.restriction", "UseOfRestricted"),
    "restriction": ("mesomap.domain.restriction", "Restriction"),
    "scale_licence": ("mesomap.domain.scale", "ScaleLicence"),
    "score": ("mesomap.domain.score", "Score"),
    "signature": ("mesomap.domain.signature", "Signature"),
}


@cache
def entry_class(kind: str) -> type[Entry]:
    """The class of a kind. Raises KeyError for an unknown one."""
    module, name = ENTRY_KINDS[kind]
    found: type[Entry] = getattr(import_module(module), name)
    return found
