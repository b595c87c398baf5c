"""Page layout to PDF/A-1b and printer: the session chart, drawn by the same render functions as the screen."""

from mesomap.printing.chart import print_chart
from mesomap.printing.chart_data import ChartData, ChartRow, chart_data
from mesomap.printing.options import PAPERS, PrintOptions

__all__ = ["PAPERS", "ChartData", "ChartRow", "PrintOptions", "chart_data", "print_chart"]
