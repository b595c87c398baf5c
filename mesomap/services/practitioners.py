"""Who treats in this practice: the list that sessions offer, and the one of whom nothing needs to be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from mesomap.domain.person import Role

if TYPE_CHECKING:
    from mesomap.services.people import People

#: The window's setting that keeps the list.
SETTING = "frame.practitioners"


class Staffed(Protocol):
    """What is asked of a practice here: who works there, and the settings that it keeps."""

    @property
    def people(self) -> "People":
        """Who works here, who is at the computer."""
        ...

    def setting(self, key: str) -> Any:
        """A value that is kept, or None."""
        ...

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a value."""
        ...


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Who treats, and with what qualification, as the practice knows them."""

    name: str
    qualification: str = ""


def practitioners(practice: Staffed) -> tuple[Practitioner, ...]:
    """The practice's list, the one recorded last first; then people who sign and are not on it yet."""
    kept = practice.setting(SETTING)
    rows = kept if isinstance(kept, list) else []
    listed = [Practitioner(str(row[0]), str(row[1])) for row in rows if isinstance(row, list) and len(row) == 2]
    names = {one.name for one in listed}
    signers = [person for person in practice.people.active() if person.may(Role.SIGN) and person.name not in names]
    return (*listed, *(Practitioner(person.name, person.qualification) for person in signers))


def forget_practitioner(practice: Staffed, who: Practitioner) -> None:
    """Take somebody off the list; records that name them stay. Raises NotWritableError."""
    practice.set_setting(SETTING, as_kept(one for one in practitioners(practice) if one != who))


def only_practitioner(practice: Staffed) -> Practitioner | None:
    """Who begins a session: who is at the computer when they sign, else the only one of the list. None otherwise."""
    current = practice.people.current
    if current is not None and current.may(Role.SIGN):
        return Practitioner(current.name, current.qualification)
    known = practitioners(practice)
    return known[0] if len(known) == 1 else None


def with_first(practice: Staffed, who: Practitioner) -> list[list[str]]:
    """The list as it is kept, with them at its head; another qualification replaces the one before."""
    return as_kept([who, *(one for one in practitioners(practice) if one.name != who.name)])


def as_kept(known: Iterable[Practitioner]) -> list[list[str]]:
    """People of the list as the setting keeps them."""
    return [[one.name, one.qualification] for one in known]
