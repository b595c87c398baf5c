"""Printed charts to look at: `python -m tests.snapshots.print_charts --out DIR [--only NAME …] [--paper a4]`.

Writes every case of print_cases on A4 and Letter as PDF, and every page as PNG (150 dots per inch); the first also in
grey, as a black-and-white printer would show it.
"""

import argparse
from pathlib import Path

from mesomap.atlas import open_atlas
from mesomap.printing import PAPERS, PrintOptions
from mesomap.printing.application import painting
from mesomap.printing.chart import write_pages
from mesomap.printing.pages import ChartPages
from tests.snapshots.print_cases import cases

DPI = 150
#: A list of two thousand marks is sixty pages; the first ones show how it looks.
MOST_PAGES = 6


def main() -> None:
    """Write PDF and PNG of every case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=())
    parser.add_argument("--paper", choices=sorted(PAPERS), default=None)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with painting():
        atlas = open_atlas()
        for name, data in cases(atlas):
            if given.only and name not in given.only:
                continue
            for paper in [PAPERS[given.paper]] if given.paper else PAPERS.values():
                stem = f"{name}-{paper.key}"
                pages = ChartPages(atlas, data, PrintOptions(paper))
                write_pages(given.out / f"{stem}.pdf", pages)
                for index in range(min(len(pages), MOST_PAGES)):
                    pages.picture(index, DPI).save(str(given.out / f"{stem}-{index + 1}.png"))
                grey = ChartPages(atlas, data, PrintOptions(paper, grey=True))
                grey.picture(0, DPI).save(str(given.out / f"{stem}-grey.png"))


if __name__ == "__main__":
    main()
