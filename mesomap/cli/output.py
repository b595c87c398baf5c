"""What commands print: JSON for programs, a plain table for people."""

import json
from collections.abc import Sequence

import click


def print_json(value: object) -> None:
    """One JSON value on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns under heads; numbers and texts alike are set left, control characters are shown as “?”."""
    lines = [list(heads), *[[_line(cell) for cell in row] for row in rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(heads))]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _line(text: str) -> str:
    """Text of people on a terminal: no line breaks, no escape sequences."""
    return "".join(char if char.isprintable() else "?" for char in text)


def number(value: float | None, digits: int) -> str:
    """A figure for the table; a dash when it was not recorded."""
    return "–" if value is None else f"{value:.{digits}f}"
