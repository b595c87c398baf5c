"""The practice's own name and address, as they head every paper."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mesomap.domain.errors import BadInputError

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

_SETTING = "letterhead"
_MOST = 200


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Name of the practice and its address, one line each."""

    name: str = ""
    address: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Name, then address, without empty ones."""
        return tuple(line for line in (self.name, *self.address) if line)


def letterhead(practice: "Practice") -> Letterhead:
    """The letterhead; empty where none was entered."""
    kept = practice.setting(_SETTING)
    lines = [str(line) for line in kept] if isinstance(kept, list) else []
    return Letterhead(lines[0], tuple(lines[1:])) if lines else Letterhead()


def checked_letterhead(name: str, address: str) -> Letterhead:
    """The letterhead of what was typed. Raises BadInputError without a name, or when it is too long for paper."""
    plain = " ".join(name.split())
    if not plain:
        raise BadInputError("Enter the name of the practice; it heads every chart.")
    lines = tuple(" ".join(line.split()) for line in address.splitlines() if line.strip())
    if len(lines) > 4 or any(len(line) > _MOST for line in (plain, *lines)):
        raise BadInputError("The letterhead is too long. Use at most four lines for the address.")
    return Letterhead(plain, lines)


def set_letterhead(practice: "Practice", head: Letterhead) -> None:
    """Keep the letterhead. Raises NotWritableError."""
    practice.set_setting(_SETTING, [head.name, *head.address])
