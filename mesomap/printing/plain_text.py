"""Text of people made fit for paper: what it says is shown, what it would do to its neighbours is not."""

import unicodedata

#: Marks that would turn the direction of what stands beside them; shown by their code instead.
_TURNING = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
#: More combining marks on one character than any language uses are left out, or they would cover other lines.
_MOST_MARKS = 4


def printable(text: str) -> str:
    """The text with control and direction characters shown as their code and piled-up accents cut to four."""
    out: list[str] = []
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        if kind in ("Mn", "Me"):
            marks += 1
            if marks > _MOST_MARKS:
                continue
        else:
            marks = 0
        if char in "\n\r":
            out.append(char)
        elif char == "\t":
            out.append(" ")
        elif kind in ("Cc", "Cs", "Zl", "Zp") or ord(char) in _TURNING:
            out.append(f"[U+{ord(char):04X}]")
        else:
            out.append(char)
    return "".join(out)
