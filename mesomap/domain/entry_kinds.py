"""Every kind of entry and where its class is; loaded when first met, as start-up time counts."""

from functools import cache
from importlib import import_module

from mesomap.domain.entry import Entry

#: Kind → module and class. A kind once released stays for ever.
ENTRY_KINDS: dict[str, tuple[str, str]] = {
    "person": ("mesomap.domain.person", "Person"),
    "signature": ("mesomap.domain.signature", "Signature"),
    "amendment": ("mesomap.domain.amendment", "Amendment"),
    "restriction": ("mesomap.domain.restriction", "Restriction"),
    "restricted_use": ("mesomap.domain.restriction", "UseOfRestricted"),
    "erasure": ("mesomap.domain.restriction", "Erasure"),
    "adverse_event": ("mesomap.domain.adverse_event", "AdverseEvent"),
    "advice_given": ("mesomap.domain.advice", "AdviceGiven"),
    "advice_sheet": ("mesomap.domain.advice", "AdviceSheet"),
    "caution_answer": ("mesomap.domain.caution", "CautionAnswer"),
    "caution_question": ("mesomap.domain.caution", "CautionQuestion"),
    "consent": ("mesomap.domain.consent", "Consent"),
    "consent_end": ("mesomap.domain.consent", "ConsentWithdrawal"),
    "consent_text": ("mesomap.domain.consent", "ConsentText"),
    "follow_up": ("mesomap.domain.follow_up", "FollowUp"),
    "follow_up_due": ("mesomap.domain.follow_up", "FollowUpPlanned"),
    "measure": ("mesomap.domain.body_measure", "BodyMeasure"),
    "nutrition": ("mesomap.domain.nutrition", "NutritionNote"),
    "scale_licence": ("mesomap.domain.scale", "ScaleLicence"),
    "score": ("mesomap.domain.score", "Score"),
}


@cache
def entry_class(kind: str) -> type[Entry]:
    """The class of a kind. Raises KeyError for an unknown one."""
    module, name = ENTRY_KINDS[kind]
    found: type[Entry] = getattr(import_module(module), name)
    return found
