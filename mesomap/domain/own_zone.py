"""A zone of the practice's own: drawn on the skin, named, coloured. Reflex zones have no agreed map; this is theirs."""

from dataclasses import dataclass

from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Outline

#: Keys of the colours a zone may have; a zone is always named as well, so that colour is never the only cue.
COLOURS = ("teal", "plum", "rust", "moss", "slate", "ochre")
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class OwnZone:
    """id: unique in the practice; atlas: id of the atlas it was drawn on; parts: outline in every region it touches."""

    id: str
    name: str
    colour: str
    atlas: str
    parts: tuple[tuple[str, Outline], ...]


def checked_name(name: str, taken: tuple[str, ...] = ()) -> str:
    """The name without blanks around it. Raises BadInputError: none, too long, or given to another zone already."""
    text = " ".join(name.split())
    if not text:
        raise BadInputError("The zone has no name. Enter one, so that it can be told from the others.")
    if len(text) > LONGEST_NAME:
        raise BadInputError(f"The name of the zone has {len(text)} letters; up to {LONGEST_NAME} are possible.")
    if text.casefold() in {other.casefold() for other in taken}:
        raise BadInputError(f"There is a zone named “{text}” already. Choose another name.")
    return text


def checked_colour(colour: str) -> str:
    """The colour. Raises BadInputError for one that is not offered."""
    if colour not in COLOURS:
        raise BadInputError(f"“{colour[:20]}” is no colour of a zone.")
    return colour
