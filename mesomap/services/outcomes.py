"""What was scored and measured over time beside what was done: shown together, nothing is concluded."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.adverse_event import AdverseEvent, adverse_terms
from mesomap.domain.outcome import OutcomeLine, OutcomeOverTime, Treatment
from mesomap.domain.session import SessionStatus
from mesomap.services.aftercare import measures
from mesomap.services.follow_ups import follow_ups
from mesomap.services.scales import scores, trends

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


def outcome_over_time(practice: "Practice", patient_id: UUID) -> OutcomeOverTime:
    """Scores, measures, treatments, follow-ups and adverse events of a patient. Void sessions are left out."""
    found = [
        OutcomeLine(
            trend.scale.name(),
            trend.scores[0].judge,
            trend.scores[0].site,
            "",
            float(trend.scale.low),
            float(trend.scale.high),
            tuple((score.scored_at, float(score.value)) for score in trend.scores),
            trend.scale.higher_is if trend.scale.higher_is == "worse" else "",
        )
        for trend in trends(scores(practice, patient_id))
    ]
    treatments = [
        Treatment(session.started_at, session.number, session.indication)
        for session in practice.sessions(patient_id)
        if session.status is not SessionStatus.VOIDED
    ]
    terms = adverse_terms()
    events = [
        (event.onset, terms[event.term].name() if event.term in terms else event.description)
        for event in practice.entries(AdverseEvent, patient_id=patient_id)
        if not event.withdrawn
    ]
    return OutcomeOverTime(
        (*found, *_measured(practice, patient_id)),
        tuple(sorted(treatments, key=lambda one: one.at)),
        tuple(sorted(one.done_at for one in follow_ups(practice, patient_id))),
        tuple(sorted(events)),
    )


def _measured(practice: "Practice", patient_id: UUID) -> list[OutcomeLine]:
    by_site: dict[tuple[str, str, str], list[tuple[datetime, float]]] = {}
    for one in measures(practice, patient_id):
        by_site.setdefault((one.measured.value, one.site, one.unit), []).append((one.measured_at, float(one.value)))
    return [
        OutcomeLine(measured, None, site, unit, None, None, tuple(sorted(values)))
        for (measured, site, unit), values in by_site.items()
    ]
