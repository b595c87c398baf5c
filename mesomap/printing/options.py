"""What can be chosen about a printed chart: paper, grey, line drawing, and which panels in which order."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper. width and height in points; the content is as wide as on A4 on every paper."""

    key: str
    name: str
    width: float
    height: float

    @property
    def shift(self) -> float:
        """How far the content stands to the right of where it stands on A4, points."""
        return (self.width - A4_WIDTH) / 2

    @property
    def foot_y(self) -> float:
        """Where the footer begins, points from the top."""
        return self.height - 40.0

    @property
    def signature_y(self) -> float:
        """Where remarks and signature block begin, points from the top."""
        return self.height - 124.0


A4_WIDTH = 595.0
A4 = Paper("a4", "A4", A4_WIDTH, 842.0)
LETTER = Paper("letter", "Letter", 612.0, 792.0)
#: By the word that people and settings name them with.
PAPERS = {paper.key: paper for paper in (A4, LETTER)}


class PanelKind(StrEnum):
    """What a panel shows: the marks, the marks seen nearer, or the pain drawing."""

    MARKS = "marks"
    DETAIL = "detail"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class PanelWish:
    """A panel asked for."""

    view_key: str
    kind: PanelKind = PanelKind.MARKS


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """Choices for one print. grey: no colour at all. lines: the body as a line drawing, marks in black with hatches,
    no tint. panels: None = those that see the marks best.
    """

    paper: Paper = A4
    grey: bool = False
    panels: tuple[PanelWish, ...] | None = None
    lines: bool = False

    @property
    def without_colour(self) -> bool:
        """Nothing on the page has a colour."""
        return self.grey or self.lines
