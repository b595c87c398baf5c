"""A loop drawn with the pen, as Fill and Measure use it."""

from dataclasses import dataclass, field

Place = tuple[float, float]


@dataclass(slots=True)
class DrawnLoop:
    """Corners in mm of the view they were drawn in; drawing while the pen is down."""

    places: list[Place] = field(default_factory=list)
    view_key: str = ""
    drawing: bool = False

    def begin(self, view_key: str, place: Place) -> None:
        """The pen touched: a new loop."""
        self.places, self.view_key, self.drawing = [place], view_key, True

    def grow(self, place: Place) -> None:
        """The pen wandered on; nothing when no loop is being drawn."""
        if self.drawing:
            self.places.append(place)

    def close(self, place: Place) -> bool:
        """The pen left. False when no loop was being drawn."""
        if not self.drawing:
            return False
        self.grow(place)
        self.drawing = False
        return True

    def clear(self) -> None:
        """No loop any more."""
        self.places, self.drawing = [], False
