"""Find and count: sessions by product, lot, region, technique, practitioner and period, and as CSV."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mesomap.domain.errors import BadInputError
from mesomap.domain.finding import FoundSession, SessionSums, SessionWish
from mesomap.exchange.csv_text import Cell, csv_bytes
from mesomap.storage.files import write_atomic

if TYPE_CHECKING:
    from mesomap.atlas import Atlas
    from mesomap.services.practice import Practice

#: So many sessions are listed at once; figures are always over all that fit.
LISTED = 200


def period(since: date | None, until: date | None) -> tuple[datetime | None, datetime | None]:
    """Moments of a period of whole days in local time, the last day within it. Raises BadInputError.

    Either end may be open.
    """
    if since is not None and until is not None and until < since:
        raise BadInputError("The period ends before it begins. Enter the earlier day first.")
    begin = None if since is None else datetime.combine(since, time()).astimezone()
    end = None if until is None else datetime.combine(until + timedelta(days=1), time()).astimezone()
    return begin, end


def found_sessions(
    practice: "Practice", wish: SessionWish, limit: int = LISTED
) -> tuple[SessionSums, tuple[FoundSession, ...]]:
    """Figures over all sessions that fit everything that is given, and the latest of them; void ones never fit."""
    return practice.finder.page(wish, limit)


def region_choices(atlas: "Atlas", name: Callable[[str], str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names to choose a region by, with the ids meant: a region without side means both, then each side alone.

    name: region id to its name with side.
    """
    found: dict[str, tuple[str, ...]] = {}
    groups: dict[str, list[str]] = {}
    for region in atlas.regions:
        groups.setdefault(region.id.rpartition(".")[0], []).append(region.id)
    for ids in groups.values():
        if len(ids) > 1:
            found[name(ids[0]).rpartition(",")[0].strip() or name(ids[0])] = tuple(ids)
        found |= {name(region_id): (region_id,) for region_id in ids}
    return tuple(found.items())


#: Heads of the columns of session_rows(), in English; the window gives its own.
COLUMNS = (
    "Session",
    "Date",
    "Patient number",
    "Family name",
    "Given name",
    "Practitioner",
    "Indication",
    "Status",
    "Points",
    "About points",
    "Volume mL",
    "Session id",
)


def session_rows(found: Iterable[FoundSession]) -> list[tuple[Cell, ...]]:
    """Rows for CSV in the order of COLUMNS; times with their offset."""
    return [
        (
            one.number,
            one.started_at.isoformat(timespec="minutes"),
            one.patient_number,
            one.family_name,
            one.given_name,
            one.practitioner,
            one.indication,
            one.status.value,
            one.points,
            one.about_points,
            round(one.volume_ml, 6),
            str(one.id),
        )
        for one in found
    ]


def write_found(
    practice: "Practice", wish: SessionWish, path: Path, *, header: Iterable[str] = COLUMNS, bom: bool = True
) -> int:
    """Write all sessions that fit as CSV; returns how many. Raises NotWritableError; an older file is kept then."""
    found = practice.finder.find(wish)
    write_atomic(path, csv_bytes(tuple(header), session_rows(found), bom=bom))
    return len(found)
