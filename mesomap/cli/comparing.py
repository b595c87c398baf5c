"""Command that compares two visits."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from mesomap.cli.home import atlas_of, home_option, open_practice, say
from mesomap.cli.output import number, print_json, print_table
from mesomap.cli.reading import figures_json, json_option
from mesomap.coverage import RegionFigures
from mesomap.coverage.visits import MOVED_MM, REPEATED_MM, AreaOverlap, RegionChange
from mesomap.domain.errors import BadInputError, NewerVersionError, NotFoundError
from mesomap.domain.photo_mask import MaskShape
from mesomap.domain.session import Session
from mesomap.services import Practice
from mesomap.services.change_cells import points_words, volume_words
from mesomap.services.comparing import Comparison, Visit, compare, visit
from mesomap.services.outcomes import outcome_over_time
from mesomap.services.photo_pairs import visit_photos
from mesomap.services.photo_showing import PhotoWish, photo_set, practice_watermark
from mesomap.services.recorded import AnyComparison, RecordedComparison, recorded_comparison
from mesomap.storage.files import write_atomic

if TYPE_CHECKING:
    from mesomap.printing.comparison_data import PrintedPhotos

#: A watermark that was asked for without words.
_OF_PRACTICE = "\0practice"
#: Fewer characters do not name a photo by its id.
_LEAST_OF_ID = 4


@click.command("compare")
@click.argument("a")
@click.argument("b")
@click.option("--repeated", "repeated_mm", default=REPEATED_MM, show_default=True, help="Same place up to, mm.")
@click.option("--moved", "moved_mm", default=MOVED_MM, show_default=True, help="Moved place up to, mm.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the comparison as PDF.")
@click.option("--photos", is_flag=True, help="With the photos of both sessions; needs a photo consent in date.")
@click.option(
    "--photo", "chosen", multiple=True, metavar="NAME",
    help="Only this photo: its file name or the beginning of its id; may be given several times.",
)  # fmt: skip
@click.option("--mask", type=click.Choice(["eyes", "face"]), help="Cover eyes or face; else a photo is left out.")
@click.option(
    "--watermark", is_flag=False, flag_value=_OF_PRACTICE, default="", metavar="[TEXT]",
    help="Words across the photos; without TEXT the practice and the day.",
)  # fmt: skip
@click.option("--marks", is_flag=True, help="Marks drawn on photos that have landmarks, with the error of the fit.")
@click.option("--match-light", is_flag=True, help="Light of the later photo matched, for display only.")
@json_option
@home_option
def compare_(
    a: str, b: str, repeated_mm: float, moved_mm: float, out: Path | None, photos: bool, chosen: tuple[str, ...],
    mask: str | None, watermark: str, marks: bool, match_light: bool, as_json: bool,
) -> None:  # fmt: skip
    """What changed from session A to session B on the skin: injections, figures and skin treated twice."""
    if (chosen or mask or watermark or marks or match_light) and not photos:
        raise click.UsageError("--photo, --mask, --watermark, --marks, --match-light are about photos: add --photos.")
    if photos and out is None:
        raise click.UsageError("Photos are on the PDF only: add --out.")
    with open_practice() as practice:
        first, second = practice.find_session(a), practice.find_session(b)
        if first.id == second.id:
            raise BadInputError("Both are the same session. Name two.")
        if first.patient_id != second.patient_id:
            raise BadInputError("The two sessions are of two patients. Name two visits of one patient.")
        found: AnyComparison | None = _unlike(practice, first, second)
        if found is None:
            atlas = atlas_of(second)
            before, after = (visit(practice, atlas, session) for session in (first, second))
            found = compare(before, after, repeated_mm=repeated_mm, moved_mm=moved_mm)
        if out is not None:
            wish = None
            if photos:
                words = practice_watermark(practice, date.today()) if watermark == _OF_PRACTICE else watermark
                going = _named(practice, found, chosen) if chosen else None
                wish = PhotoWish(MaskShape(mask) if mask else None, words, match_light, marks, going)
            write_comparison(practice, found, out, wish)
            say(f"Written: {out}")
    if isinstance(found, RecordedComparison):
        _print_recorded(found, as_json=as_json)
    elif as_json:
        print_json(_page(found))
    else:
        _print_compared(found)


def _print_compared(found: Comparison) -> None:
    """What became of injections and skin, and what that rests on."""
    print_table(
        ("region", "points", "then", "repeated", "moved", "new", "dropped", "mL", "then"),
        [_row(change) for change in found.regions],
    )
    for word, overlaps in (("treated", found.treated), ("covered", found.covered)):
        both = sum(overlap.both_cm2 for overlap in overlaps)
        earlier = sum(overlap.before_cm2 for overlap in overlaps)
        share = f"{100 * both / earlier:.0f} %" if earlier > 0 else "–"
        say(f"Of {earlier:.1f} cm² {word} before, {both:.1f} cm² ({share}) were {word} again.")
    if not found.shares_a_region:
        say("No region was treated at both visits.")
    match = found.match
    say(
        f"Same place: up to {match.repeated_mm:g} mm along the skin; moved: up to {match.moved_mm:g} mm. Lengths and "
        "overlaps are those of the reference body, an estimate. A difference of records is no evidence of effect."
    )


def _unlike(practice: Practice, first: Session, second: Session) -> RecordedComparison | None:
    """What was recorded of both, each on its own body, where those cannot be laid on each other."""

    def lay(session: Session) -> Visit:
        try:
            return visit(practice, atlas_of(session), session)
        except (NotFoundError, NewerVersionError) as error:
            raise BadInputError(f"Session {session.number}: {error.sentence}") from error

    try:
        if atlas_of(second).reads(first.atlas):
            return None
    except (NotFoundError, NewerVersionError):
        pass  # said of the session below
    found = recorded_comparison(first, second, lay, lambda session: practice.marks(session.id))
    if found.sentences:
        return found
    said = f"Session {second.number} was charted on another body than session {first.number}."
    return replace(found, after=replace(found.after, said=said))


def _print_recorded(recorded: RecordedComparison, *, as_json: bool) -> None:
    """Points and volumes of both, and why nothing is compared on the skin."""
    if as_json:
        print_json(
            {
                "before": str(recorded.before.session.id),
                "after": str(recorded.after.session.id),
                "compared": False,
                "why": list(recorded.sentences),
                "regions": [
                    {"ids": list(row.region_ids), "before": _side(row.change.before), "after": _side(row.change.after)}
                    for row in recorded.rows
                ],
            }
        )
        return
    print_table(
        ("region", "points", "then", "mL", "then"),
        [_recorded_row("+".join(row.region_ids) or "–", row.change) for row in recorded.rows]
        + [_recorded_row("total", recorded.total)],
    )
    for sentence in recorded.sentences:
        say(sentence)
    say("Points and volumes as they were recorded; places and areas are not compared.")


def _side(figures: RegionFigures | None) -> dict[str, object] | None:
    """What is known of a side without its places."""
    if figures is None:
        return None
    return {"marks": figures.marks, "about_points": figures.about_points, "volume_ml": figures.volume_ml}


def _recorded_row(name: str, change: RegionChange) -> tuple[str, ...]:
    both = (change.before, change.after)
    return (name, *map(_points, both), *map(_volume, both))


def write_comparison(practice: Practice, found: AnyComparison, out: Path, wish: PhotoWish | None = None) -> None:
    """The comparison as PDF in a file; wish None = without photos. Raises NotWritableError."""
    from mesomap.printing.application import painting
    from mesomap.printing.comparison import ComparisonData, PrintedPhotos, comparison_pdf

    session = found.after.session
    data = ComparisonData(
        found,
        practice.patient(session.patient_id),
        datetime.now().astimezone(),
        practice.audit_code,
        outcome_over_time(practice, session.patient_id),
        photos=PrintedPhotos() if wish is None else _photos(practice, found, wish),
    )
    with painting():
        pdf = comparison_pdf(data)
    write_atomic(out, pdf)


def _photos(practice: Practice, found: AnyComparison, wish: PhotoWish) -> "PrintedPhotos":
    """The photos as they may leave; what is left out is said on paper and here."""
    from mesomap.photos.beside import PhotoWorker
    from mesomap.printing.comparison_data import printed_photos

    first, second = found.before.session, found.after.session
    known = photo_set(practice, second.patient_id, first.id, second.id, wish, date.today())
    with PhotoWorker() as worker:
        photos = printed_photos(practice.photo_files, worker, known)
    for sentence in photos.sentences:
        say(sentence)
    return photos


def _named(practice: Practice, found: AnyComparison, names: tuple[str, ...]) -> frozenset[UUID]:
    """The photos of both sessions of these names. Raises BadInputError for a name that none has."""
    first, second = found.before.session, found.after.session
    photos = visit_photos(practice, second.patient_id, first.id, second.id).by_angle
    going: set[UUID] = set()
    for name in names:
        start = name.lower() if len(name) >= _LEAST_OF_ID else None
        known = {photo.id for photo in photos if photo.name == name or (start and str(photo.id).startswith(start))}
        if not known:
            there = ", ".join(f"“{photo.name}” ({str(photo.id)[:8]})" for photo in photos)
            said = f"There are: {there}." if there else "There is none at all."
            raise BadInputError(f"No photo of these sessions is called “{name}”. {said}")
        going |= known
    return frozenset(going)


def _row(change: RegionChange) -> tuple[str, ...]:
    return (
        change.region_id,
        *(_points(figures) for figures in (change.before, change.after)),
        *(str(count) for count in (change.repeated, change.moved, change.new, change.dropped)),
        *(_volume(figures) for figures in (change.before, change.after)),
    )


def _volume(figures: RegionFigures | None) -> str:
    return number(0.0, 2) if figures is None else volume_words(figures, lambda ml: number(ml, 2))


def _points(figures: RegionFigures | None) -> str:
    return "0" if figures is None else points_words(figures)


def _page(found: Comparison) -> dict[str, object]:
    match = found.match
    return {
        "before": str(found.before.session.id),
        "after": str(found.after.session.id),
        "compared": True,
        "repeated_mm": match.repeated_mm,
        "moved_mm": match.moved_mm,
        "repeated": int(match.repeated.sum()),
        "moved": int(match.moved.sum()),
        "new": int(match.new.sum()),
        "dropped": int(match.dropped.sum()),
        "regions": [
            {
                "id": change.region_id,
                "before": None if change.before is None else figures_json(change.before),
                "after": None if change.after is None else figures_json(change.after),
                "repeated": change.repeated,
                "moved": change.moved,
                "new": change.new,
                "dropped": change.dropped,
            }
            for change in found.regions
        ],
        "treated_overlap": [_overlap_json(overlap) for overlap in found.treated],
        "covered_overlap": [_overlap_json(overlap) for overlap in found.covered],
    }


def _overlap_json(overlap: AreaOverlap) -> dict[str, object]:
    return {
        "id": overlap.region_id,
        "before_cm2": overlap.before_cm2,
        "after_cm2": overlap.after_cm2,
        "both_cm2": overlap.both_cm2,
        "share_of_before": overlap.share_of_before,
    }
