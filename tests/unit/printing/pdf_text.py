"""The text of a PDF as a reader or a search would find it, by way of each font's ToUnicode table."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf


def pages_text(path: Path) -> list[str]:
    """Characters of every page in drawing order, one line for each run of one script."""
    with pikepdf.open(path) as pdf:
        return [_page_text(page) for page in pdf.pages]


def _page_text(page: pikepdf.Page) -> str:
    tables = {
        str(name): _to_unicode(font.ToUnicode.read_bytes().decode("latin-1"))
        for name, font in page.Resources.Font.items()
    }
    out: list[str] = []
    table: dict[int, str] = {}
    for operands, operator in steps(page):
        if operator == "BT":
            out.append("\n")
        elif operator == "Tf":
            table = tables[str(operands[0])]
        elif operator == "Tj":
            raw = bytes(operands[0])
            out += [table.get(int.from_bytes(raw[i : i + 2], "big"), "�") for i in range(0, len(raw), 2)]
    # The typeface draws tab and blank by one glyph, and Qt names it by the lower character.
    return "".join(out).replace("\t", " ")


def text_places(path: Path) -> list[list[tuple[str, float, float]]]:
    """Of every page its runs of text with the place of their last character, in points from the lower left."""
    with pikepdf.open(path) as pdf:
        return [_page_places(page) for page in pdf.pages]


def _page_places(page: pikepdf.Page) -> list[tuple[str, float, float]]:
    texts = _page_text(page).split("\n")[1:]
    matrix = run = pikepdf.Matrix()
    kept: list[pikepdf.Matrix] = []
    places: list[tuple[float, float]] = []
    for operands, word in steps(page):
        if word == "q":
            kept.append(matrix)
        elif word == "Q":
            matrix = kept.pop()
        elif word == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif word == "Tm":
            run = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif word == "Td":
            run = pikepdf.Matrix(1, 0, 0, 1, *map(float, operands)) @ run
        elif word == "ET":
            places.append((float(run.e), float(run.f)))
    return [(text, x, y) for text, (x, y) in zip(texts, places, strict=True)]


def steps(page: pikepdf.Page) -> Iterator[tuple[list[Any], str]]:
    """Operands and operator of every step of a page's drawing."""
    for step in pikepdf.parse_content_stream(page):
        yield list(step.operands), str(step.operator)


def _to_unicode(cmap: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, target in re.findall(r"<(\w+)>\s*<(\w+)>\s*(<\w+>|\[[^\]]*\])", block):
            first = int(low, 16)
            if target.startswith("["):
                for i, code in enumerate(re.findall(r"<(\w+)>", target)):
                    found[first + i] = _text(code)
            else:
                for i in range(int(high, 16) - first + 1):
                    found[first + i] = chr(int(target[1:-1], 16) + i)
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, target in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = _text(target)
    return found


def _text(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be")
