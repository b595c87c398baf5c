"""The layer that was meant, as the practitioner says it. The estimated one follows from depth and place."""

from mesomap.domain.errors import BadInputError

#: What can be picked, from the surface down; the words of the technique and thickness tables.
INTENDED_LAYERS = ("epidermis", "superficial dermis", "dermis", "deep dermis", "hypodermis", "muscle")
_LONGEST = 60


def check_intended_layer(layer: str) -> None:
    """Own words are possible, "" = not recorded; only a text that is no layer's name is refused. BadInputError."""
    if len(layer) > _LONGEST:
        raise BadInputError(f"The intended layer is too long ({len(layer)} characters; {_LONGEST} at most).")
