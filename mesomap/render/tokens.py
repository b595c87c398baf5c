"""Colour tokens of the themes: light, dark, paper, and lines for a chart without any tone."""

from dataclasses import dataclass, field, replace

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Colours of one theme. Contrast of every text token on panel, bg and sunken is at least 4.5:1."""

    name: str
    bg: str
    canvas: str
    panel: str
    sunken: str
    hover: str
    line: str
    line2: str
    text: str
    text2: str
    text3: str
    onink: str
    amber: str
    amber_bg: str
    amber_line: str
    red: str
    red_bg: str
    green: str
    green_bg: str
    halo: str
    skin_ink: str
    mixtures: dict[str, str] = field(hash=False)
    mixture_letter: str = "#FFFFFF"
    graphite_skin: bool = False
    hull_tint: float = 0.10
    opaque_only: bool = False
    #: Black lines on white: no picture of the skin, no tint; what a tint would say is said by hatch and width.
    line_only: bool = False

    @property
    def ink(self) -> str:
        """Selection, focus and primary buttons."""
        return self.text

    def colour(self, name: str) -> QColor:
        """QColor of a token by its field name."""
        return QColor(getattr(self, name))

    def mixture(self, letter: str | None) -> QColor:
        """Colour of a mixture letter; text3 when a mark names no mixture."""
        return QColor(self.mixtures.get(letter or "", self.text3))


_LIGHT_MIXTURES = {
    "A": "#3C19AA", "B": "#D03392", "C": "#00563F", "D": "#0477D7",
    "E": "#9D6A00", "F": "#9116FF", "G": "#4B4000", "H": "#130E2F",
}  # fmt: skip
_DARK_MIXTURES = {
    "A": "#57ABFF", "B": "#E69FA2", "C": "#58EF75", "D": "#B7FFFF",
    "E": "#F9892C", "F": "#ACADD3", "G": "#FFE01E", "H": "#EDFFCC",
}  # fmt: skip

LIGHT = Tokens(
    name="light", bg="#F3F4F5", canvas="#FAFAF9", panel="#FFFFFF", sunken="#EEF0F2", hover="#EEF0F2",
    line="#E3E5E8", line2="#CDD1D6", text="#15181C", text2="#4A525C", text3="#616A75", onink="#FFFFFF",
    amber="#6E4700", amber_bg="#FFF1CF", amber_line="#E3B44A", red="#B3261E", red_bg="#FDE7E5",
    green="#1B6B43", green_bg="#E3F3EA", halo="#FFFFFF", skin_ink="#3A322F", mixtures=_LIGHT_MIXTURES,
)  # fmt: skip

DARK = Tokens(
    name="dark", bg="#0F1114", canvas="#0B0D0F", panel="#17191D", sunken="#101215", hover="#22262C",
    line="#272B31", line2="#3A4049", text="#EDEFF2", text2="#B4BBC5", text3="#8E97A3", onink="#121417",
    amber="#FFD479", amber_bg="#33270C", amber_line="#8A6A1E", red="#FF9A91", red_bg="#3A1A18",
    green="#7FD9A6", green_bg="#12291D", halo="#15171A", skin_ink="#0E0D0C", mixtures=_DARK_MIXTURES,
    mixture_letter="#101317", graphite_skin=True, hull_tint=0.13,
)  # fmt: skip

#: Paper: the light inks on white, every tint mixed beforehand because PDF/A-1b knows no transparency.
PAPER = Tokens(
    name="paper", bg="#FFFFFF", canvas="#FFFFFF", panel="#FFFFFF", sunken="#F3F4F5", hover="#FFFFFF",
    line="#CDD1D6", line2="#9AA1AA", text="#15181C", text2="#3A414A", text3="#4A525C", onink="#FFFFFF",
    amber="#6E4700", amber_bg="#FFF1CF", amber_line="#E3B44A", red="#B3261E", red_bg="#FDE7E5",
    green="#1B6B43", green_bg="#E3F3EA", halo="#FFFFFF", skin_ink="#4A423E", mixtures=_LIGHT_MIXTURES,
    opaque_only=True,
)  # fmt: skip

#: Paper for a line drawing: one black ink.
LINES = replace(
    PAPER, name="lines", text="#000000", text2="#000000", text3="#000000", line="#000000", line2="#000000",
    skin_ink="#000000", mixtures=dict.fromkeys(_LIGHT_MIXTURES, "#000000"), line_only=True,
)  # fmt: skip

THEMES = {"light": LIGHT, "dark": DARK, "paper": PAPER, "lines": LINES}


def mixed(over: QColor, under: QColor, share: float) -> QColor:
    """Opaque colour that `share` (0-1) of `over` gives on `under`; what transparency would show."""
    return QColor.fromRgbF(
        over.redF() * share + under.redF() * (1 - share),
        over.greenF() * share + under.greenF() * (1 - share),
        over.blueF() * share + under.blueF() * (1 - share),
    )


def tint(tokens: Tokens, colour: QColor, share: float) -> QColor:
    """`colour` at `share` strength: transparent on screen, mixed with paper white where transparency is not
    allowed, at full strength where only lines are.
    """
    if tokens.line_only:
        return colour
    if tokens.opaque_only:
        return mixed(colour, QColor("#FFFFFF"), share)
    clear = QColor(colour)
    clear.setAlphaF(share)
    return clear
