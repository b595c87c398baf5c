"""Page layout to PDF/A-1b: the session chart on A4, drawn by the same render functions as the screen."""

from mesomap.printing.chart import print_chart
from mesomap.printing.chart_data import ChartData, ChartRow, chart_data

__all__ = ["ChartData", "ChartRow", "chart_data", "print_chart"]
