"""The practice's protocols: kept, edited, taken out of use; the shipped examples on request."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.clock import now
from mesomap.domain.course import Course
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.protocol import Protocol
from mesomap.domain.protocol_examples import example_protocols
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


def protocols(practice: "Practice") -> tuple[Protocol, ...]:
    """Those in use, by name; examples after the practice's own."""
    known = (one for one in practice.entries(Protocol) if not one.withdrawn)
    return tuple(sorted(known, key=lambda one: (one.example, one.key)))


def protocol_of(practice: "Practice", course: Course) -> Protocol | None:
    """The protocol of a course as it stands now, also one out of use; None when it has none."""
    return None if course.protocol_id is None else practice.entry(Protocol, course.protocol_id)


def new_protocol(name: str = "") -> Protocol:
    """An empty one, not recorded yet."""
    return Protocol(id=uuid4(), entered_at=now(), name=name)


def copy_of(protocol: Protocol, name: str) -> Protocol:
    """A copy under another name, the practice's own, not recorded yet."""
    return replace(protocol, id=uuid4(), entered_at=now(), name=name, example=False, withdrawn="")


def save_protocol(practice: "Practice", protocol: Protocol) -> Protocol:
    """Record a new protocol or an edit; what was an example is the practice's own from its first edit on.

    Raises BadInputError: no name, a name that is taken, impossible values.
    """
    named = replace(protocol, name=" ".join(protocol.name.split()))
    _check_name(named, practice.entries(Protocol, key=named.key))
    before = _recorded(practice, named)
    if before is None:
        named = replace(named, entered_by=entering(practice)["entered_by"])
        practice.run(AddEntries((named,), name="New protocol"))
    elif before != named:
        named = replace(named, example=False)
        practice.run(EditEntry(before, named, name="Edit protocol"))
    return named


def withdraw_protocol(practice: "Practice", protocol: Protocol, reason: str) -> None:
    """Take a protocol out of use; courses that were planned after it stay as they are. Raises BadInputError."""
    if not reason.strip():
        raise BadInputError("Say in a few words why the protocol goes out of use.")
    practice.run(EditEntry(protocol, replace(protocol, withdrawn=reason.strip()), name="Withdraw protocol"))


def add_examples(practice: "Practice") -> tuple[Protocol, ...]:
    """Record the shipped examples whose names are not in use yet, as one step; returns them."""
    taken = {one.key for one in protocols(practice)}
    fresh = tuple(one for one in example_protocols(uuid4, now()) if one.key not in taken)
    if fresh:
        practice.run(AddEntries(fresh, name="Example protocols"))
    return fresh


def _recorded(practice: "Practice", protocol: Protocol) -> Protocol | None:
    try:
        return practice.entry(Protocol, protocol.id)
    except NotFoundError:
        return None


def _check_name(protocol: Protocol, alike: Iterable[Protocol]) -> None:
    if any(other.id != protocol.id and not other.withdrawn for other in alike):
        raise BadInputError(f"There is a protocol named “{protocol.name}” already. Choose another name.")
