"""The rows of the campaign, by their numbers in TRUST. A new one is a module with a ROW, named here."""

from importlib import import_module

from tests.faults.campaign import Row

#: Number: module.
_MODULES = {
    1: "kills",
    2: "syscalls",
    3: "power",
    4: "no_room",
    5: "flips",
    6: "rollbacks",
    7: "backups",
    8: "schemas",
    9: "places",
    10: "strange_files",
    11: "signed",
    12: "audit_rows",
    13: "leaks",
    14: "locked",
    15: "clocks",
    16: "odd_pictures",
    17: "picture_facts",
    18: "texts",
    19: "imports",
    20: "packs",
}
#: Rows of TRUST that this campaign does not run, and where they are tested instead.
ELSEWHERE: dict[int, tuple[str, str]] = {}


def numbers() -> tuple[int, ...]:
    """Rows that can be run."""
    return tuple(_MODULES)


def row(number: int) -> Row:
    """One row, loaded now."""
    found = import_module(f"tests.faults.{_MODULES[number]}").ROW
    assert isinstance(found, Row)
    return found
