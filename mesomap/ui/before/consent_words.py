"""Words for consents: kinds, how they stand, how they were signed."""

from PySide6.QtCore import QCoreApplication

from mesomap.domain.consent import Consent, ConsentKind, SignedWith, Standing
from mesomap.services.consents import ConsentState
from mesomap.ui.words import day

#: Names of the languages a text may have, each in itself.
LANGUAGE_NAMES = {
    "en": "English", "fr": "Français", "it": "Italiano", "de": "Deutsch", "es": "Español", "nl": "Nederlands",
    "pt": "Português", "pl": "Polski", "cs": "Čeština", "da": "Dansk", "sv": "Svenska", "fi": "Suomi",
    "el": "Ελληνικά", "tr": "Türkçe", "ru": "Русский", "uk": "Українська", "ar": "العربية",
}  # fmt: skip


def tr(text: str) -> str:
    """Translate in the context of consents."""
    return QCoreApplication.translate("Consents", text)


def kind_words(kind: ConsentKind) -> str:
    """What is consented to."""
    return {
        ConsentKind.TREATMENT: tr("Treatment"),
        ConsentKind.PHOTO: tr("Photographs"),
        ConsentKind.OFF_LABEL: tr("Told of off-label use"),
        ConsentKind.DATA: tr("Data"),
    }[kind]


def language_words(key: str) -> str:
    """Name of a language in itself; its letters when it is not in the list."""
    return LANGUAGE_NAMES.get(key, key)


def state_words(state: ConsentState) -> tuple[str, str, str]:
    """(bold words, more, kind of chip) for how a consent stands."""
    consent = state.consent
    if consent is None or state.standing is Standing.NOT_RECORDED:
        return tr("Not recorded"), "", "grey"
    if state.standing is Standing.WITHDRAWN:
        on = day(state.end.withdrawn_on) if state.end is not None else ""
        return tr("Withdrawn"), on, "amber"
    until = consent.valid_until
    if state.standing is Standing.OUT_OF_DATE:
        return tr("Out of date"), tr("since {0}").format(day(until)), "amber"
    if state.changed:
        return tr("Text changed after signing"), "", "red"
    more = tr("until {0}").format(day(until)) if until is not None else tr("no end set")
    return tr("In date"), more, "green"


def signed_words(consent: Consent) -> str:
    """Version 2 · English · signed 21 Nov 2026 with the pen · by Rosa Beispiel, mother."""
    way = {
        SignedWith.PEN: tr("with the pen"),
        SignedWith.FINGER: tr("with the finger"),
        SignedWith.MOUSE: tr("with the mouse"),
        SignedWith.PAPER: tr("on paper"),
    }[consent.signed_with]
    parts = [tr("version {0}").format(consent.version)] if consent.text_id is not None else []
    parts += [language_words(consent.language)] if consent.language else []
    parts.append(tr("signed {0} {1}").format(day(consent.signed_at.astimezone()), way))
    who = ", ".join(part for part in (consent.signer, consent.relation) if part)
    return " · ".join([*parts, *([tr("by {0}").format(who)] if who else [])])
