"""What each kind of record and each setting asks for: the one table of who may do what.

Everybody who works in the practice may read. Commands are checked record by record (People.allow), settings by name.
"""

from mesomap.domain.person import Role

#: What a change of a record of this kind asks for. Every kind stands here; a test compares it with the kinds there are.
ROLE_OF_KIND: dict[str, Role] = {
    **dict.fromkeys(
        ("person", "restriction", "erasure", "consent_text", "advice_sheet", "caution_question", "scale_licence"),
        Role.ADMINISTER,
    ),
    **dict.fromkeys(("signature", "amendment"), Role.SIGN),
    "restricted_use": Role.READ,
    **dict.fromkeys(
        (
            "adverse_event", "advice_given", "caution_answer", "consent", "consent_end", "course", "favourite",
            "follow_up", "follow_up_due", "lot", "lot_recall", "measure", "nutrition", "opened_vial", "payment",
            "photo", "photo_alignment", "photo_landmarks", "photo_mask", "price", "product", "protocol", "receipt",
            "score",
        ),
        Role.CHART,
    ),
}  # fmt: skip

#: Settings of the practice as a whole, by the begin of their names (without "window."); all others are how the window
#: looks and what was last used, which is nobody's record.
_ADMINISTERED = ("hide.", "backup.", "letterhead", "rights.", "follow_up.", "recovery_code")
_CHARTED = ("own_zones", "frame.", "costs.", "receipts.")


def role_of_kind(kind: str) -> Role:
    """What a record of the kind asks for; patients, sessions and marks have no kind and are charting."""
    return ROLE_OF_KIND.get(kind, Role.CHART)


def role_of_setting(key: str) -> Role:
    """What a setting asks for."""
    if key.startswith(_ADMINISTERED):
        return Role.ADMINISTER
    return Role.CHART if key.startswith(_CHARTED) else Role.READ
