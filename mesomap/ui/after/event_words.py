"""Words for adverse events."""

from PySide6.QtCore import QCoreApplication

from mesomap.domain.adverse_event import AdverseEvent, Outcome, Reported, adverse_terms
from mesomap.domain.scale import level_words, scale
from mesomap.services.aftercare import EventAfter
from mesomap.ui.words import clock, day, language


def tr(text: str) -> str:
    """Translate in the context of adverse events."""
    return QCoreApplication.translate("AdverseEvents", text)


def outcome_words() -> dict[str, str]:
    """Key → word of every outcome."""
    return {
        Outcome.NOT_RECORDED.value: tr("not recorded"),
        Outcome.RECOVERED.value: tr("recovered"),
        Outcome.RECOVERING.value: tr("recovering"),
        Outcome.NOT_RECOVERED.value: tr("not recovered"),
        Outcome.SEQUELAE.value: tr("recovered with sequelae"),
        Outcome.FATAL.value: tr("fatal"),
        Outcome.UNKNOWN.value: tr("unknown"),
    }


def reported_words() -> dict[str, str]:
    """Key → word of whether it was reported."""
    return {
        Reported.NOT_RECORDED.value: tr("not recorded"),
        Reported.NO.value: tr("No"),
        Reported.YES.value: tr("Yes"),
    }


def event_title(event: AdverseEvent) -> str:
    """Nodule · grade 2."""
    term = adverse_terms().get(event.term)
    name = term.name(language()) if term is not None else event.term or event.description.split("\n")[0][:80]
    return f"{name} · {tr('grade {0}').format(event.grade)}" if event.grade is not None else name


def when_words(found: EventAfter) -> str:
    """21 Nov 2026, 14:22 · 42 days after session 12."""
    event = found.event
    onset = day(event.onset.astimezone())
    parts = [f"{onset}, {clock(event.onset)}" if event.onset_hour_known else onset]
    if found.session is not None and found.days is not None:
        words = {0: tr("on the day of session {1}"), 1: tr("1 day after session {1}")}
        parts.append(words.get(found.days, tr("{0} days after session {1}")).format(found.days, found.session.number))
    return " · ".join(parts)


def grade_tip(scale_key: str, grade: int, licensed: frozenset[str]) -> str:
    """What a grade says, as far as its words may be shown."""
    asked = scale(scale_key)
    level = next((one for one in asked.levels if one.low == grade), None)
    if level is None:
        return ""
    label, description = level_words(asked, level, licensed)
    return ": ".join(part for part in (label, description) if part)


def facts(event: AdverseEvent, site: str) -> str:
    """What is recorded of an event beside title and time; what is not is left out."""
    parts = [
        event.description if event.term else "",
        tr("Site: {0}").format(site) if site else "",
        tr("Suspected lot: {0}").format(event.suspected_lot) if event.suspected_lot else "",
        tr("Action: {0}").format(event.action) if event.action else "",
        tr("Outcome: {0}").format(outcome_words()[event.outcome.value])
        if event.outcome is not Outcome.NOT_RECORDED
        else "",
        _lasted(event),
        _reported(event),
    ]
    return "\n".join(part for part in parts if part)


def _lasted(event: AdverseEvent) -> str:
    lasted = event.lasted_days
    if lasted is None:
        return ""
    words = tr("Lasted 1 day, {1}") if lasted == 1 else tr("Lasted {0} days, to {1}")
    return words.format(lasted, day(event.ended_on))


def _reported(event: AdverseEvent) -> str:
    if event.reported is Reported.NOT_RECORDED:
        return ""
    if event.reported is Reported.NO:
        return tr("Reported to an authority: no")
    to = ", ".join(part for part in (event.reported_to, day(event.reported_on) if event.reported_on else "") if part)
    return tr("Reported to an authority: {0}").format(to or tr("yes"))
