"""Photographs in words: angles, hints, where a time is from, what a fit says."""

from PySide6.QtCore import QCoreApplication

from mesomap.domain.photo import LaidBy, Photo, PhotoAlignment, TimeSource
from mesomap.ui.words import clock, day


def tr(text: str) -> str:
    """Translate in the context of photographs."""
    return QCoreApplication.translate("Photos", text)


def angle_words(angle: str) -> str:
    """A standard angle in words; one's own words as they are; "" = not said."""
    return {
        "front": tr("Front"),
        "three_quarter_right": tr("¾ right"),
        "three_quarter_left": tr("¾ left"),
        "profile_right": tr("Profile right"),
        "profile_left": tr("Profile left"),
        "back": tr("Back"),
    }.get(angle, angle)


def hint_words(name: str) -> str:
    """A hint in words."""
    return {"blurred": tr("looks blurred"), "dark": tr("very dark"), "light": tr("very light")}.get(name, name)


def note_words(name: str) -> str:
    """What was noticed when a file came in."""
    return {
        "other_ending": tr("its ending names another kind of file"),
        "first_page": tr("only its first page was kept"),
        "eight_bits": tr("kept with 8 bits for each colour"),
    }.get(name, name)


def left_out_words(count: int) -> str:
    """Files that were not begun when taking in was stopped."""
    if count == 1:
        return tr("1 file was left out. Take it in again when it is wanted.")
    return tr("{0} files were left out. Take them in again when they are wanted.").format(count)


def moment_words(photo: Photo) -> str:
    """When it was taken, and where that is from unless the camera said it."""
    local = photo.taken_at.astimezone()
    source = {
        TimeSource.CAMERA: "",
        TimeSource.FILE: tr(" (by the file)"),
        TimeSource.ENTERED: tr(" (taken in)"),
    }[photo.time_from]
    return f"{day(local)} · {clock(photo.taken_at)}{source}"


def caption(photo: Photo) -> str:
    """Day and angle, in one line."""
    return " · ".join(filter(None, (day(photo.taken_at.astimezone()), angle_words(photo.angle))))


def fit_words(fit: PhotoAlignment) -> str:
    """How the later photo was laid on the earlier one, and how its shot differs."""
    error = "< 0.1" if fit.error_px < 0.05 else f"{fit.error_px:.1f}"
    if fit.laid_by is LaidBy.HAND:
        how = tr("Laid on by hand: {0} places, median error {1} px.").format(fit.points, error)
    else:
        how = tr("Laid on by the program: {0} places agree ({1} %), median error {2} px.").format(
            fit.points, f"{100 * fit.agreement:.0f}", error
        )
    return " ".join(filter(None, (how, shot_words(fit))))


def angles_words(before: Photo, after: Photo) -> str:
    """That two photos were taken from different angles, "" = the same, or one is not said."""
    if not before.angle or not after.angle or before.angle == after.angle:
        return ""
    words = tr("Taken from different angles: {0}, then {1}.")
    return words.format(angle_words(before.angle), angle_words(after.angle))


def shot_words(fit: PhotoAlignment) -> str:
    """How distance and turn of the later shot differ, "" = hardly."""
    parts = []
    # A later photo that must be enlarged shows the site smaller.
    nearer = 100 * (1 / fit.scale - 1)
    if abs(nearer) >= 5:
        parts.append(
            tr("{0} % larger in the picture").format(f"{nearer:.0f}")
            if nearer > 0
            else tr("{0} % smaller in the picture").format(f"{-nearer:.0f}")
        )
    if abs(fit.turn_deg) >= 3:
        parts.append(tr("turned by {0}°").format(f"{abs(fit.turn_deg):.0f}"))
    return tr("The later shot differs: {0}.").format(", ".join(parts)) if parts else ""
