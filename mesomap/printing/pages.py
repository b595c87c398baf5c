"""The pages of a chart, drawn one at a time onto whatever can be painted on: PDF, printer, preview."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from mesomap.atlas import Atlas
from mesomap.printing.chart_data import ChartData
from mesomap.printing.clusters import RowPlaces
from mesomap.printing.foot import draw_footer, draw_remarks_and_signature
from mesomap.printing.head import draw_head
from mesomap.printing.legend import draw_legend
from mesomap.printing.options import PanelWish, PrintOptions
from mesomap.printing.panel_drawing import PanelPainter
from mesomap.printing.panels import wished_panels
from mesomap.printing.plan import PagePlan, plan_pages
from mesomap.printing.sheet import CONTENT_WIDTH, INK, MARGIN, UNITS, Sheet, Weight, fitted, load_print_fonts
from mesomap.printing.wording import tr
from mesomap.render.tokens import LINES, PAPER, Tokens


@dataclass
class ChartPages:
    """A chart laid out. Needs a QGuiApplication; may be drawn in another thread, one page at a time.

    Raises DamagedError when a picture of the body cannot be read.
    """

    atlas: Atlas
    data: ChartData
    options: PrintOptions = field(default_factory=PrintOptions)
    #: The panels in their order, also those that were chosen by themselves.
    wishes: tuple[PanelWish, ...] = field(init=False)
    plan: list[PagePlan] = field(init=False)
    drawer: PanelPainter = field(init=False)

    def __post_init__(self) -> None:
        load_print_fonts()
        self.wishes = wished_panels(self.atlas, self.data.marks, self.data.complaints, self.options.panels)
        self.plan = plan_pages(self.atlas, self.data, self.options.paper, self.wishes)
        data = self.data
        places = RowPlaces(self.atlas, data.rows, data.marks)
        self.drawer = PanelPainter(
            self.atlas, data.session, data.language, places, data.complaints,
            point_numbers=bool(data.listed), tokens=self.tokens,
        )  # fmt: skip
        self.drawer.prepare([place.key for page in self.plan for place in page.panels])

    @property
    def tokens(self) -> Tokens:
        """Inks of the panels and their legend."""
        return LINES if self.options.lines else PAPER

    def __len__(self) -> int:
        """Number of pages."""
        return len(self.plan)

    def take_pictures_of(self, before: "ChartPages") -> None:
        """Use the pictures of the body that another layout of the same session decoded already."""
        self.drawer.store = before.drawer.store

    def draw(self, painter: QPainter, index: int) -> None:
        """Draw a page (0 = the first) in painter units: 720 per inch from the top left corner of the paper."""
        painter.save()
        painter.translate(self.options.paper.shift * UNITS, 0)
        try:
            self._draw(Sheet(painter, self.tokens), index)
        finally:
            painter.restore()

    def _draw(self, sheet: Sheet, index: int) -> None:
        page, paper = self.plan[index], self.options.paper
        if index == 0:
            draw_head(sheet, self.data)
            draw_legend(sheet, self.data, page.legend_y)
            draw_remarks_and_signature(sheet, self.data, paper.signature_y)
        else:
            who = f"{tr('Chart')} {self.data.session.number} · {self.data.patient.display_name}"
            lines, size = fitted(who, CONTENT_WIDTH, 10, 7.5, weight=Weight.STRONG, most=2)
            for turn, line in enumerate(reversed(lines)):
                y = (42 if len(lines) == 1 else 46) - turn * size * 1.2
                sheet.text(MARGIN, y, line, width=CONTENT_WIDTH, size=size, weight=Weight.STRONG)
            sheet.rule(54, width=1.0, colour=INK.text)
        for place in page.panels:
            self.drawer.draw(sheet, *place.key)
        y = page.flow_y
        for part in page.parts:
            y = part.draw(sheet, y)
        draw_footer(sheet, self.data, paper.foot_y, index + 1, len(self.plan))

    def picture(self, index: int, dpi: float) -> QImage:
        """A page as a picture, without colour when the options say so."""
        paper = self.options.paper
        image = QImage(round(paper.width * dpi / 72), round(paper.height * dpi / 72), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(dpi / 72 / UNITS, dpi / 72 / UNITS)
        painter.setClipRect(QRectF(0, 0, paper.width * UNITS, paper.height * UNITS))
        try:
            self.draw(painter, index)
        finally:
            painter.end()
        return image.convertToFormat(QImage.Format.Format_Grayscale8) if self.options.without_colour else image
