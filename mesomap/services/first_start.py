"""Setting up a practice: letterhead, first practitioner, passphrase and recovery code."""

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mesomap.domain.errors import BadInputError
from mesomap.domain.person import Role
from mesomap.services.letterhead import Letterhead, set_letterhead
from mesomap.services.pin import checked_pin
from mesomap.services.practice import Practice

if TYPE_CHECKING:
    from mesomap.storage import KdfCost

_log = logging.getLogger(__name__)

#: False from set-up until the code was typed back; a practice of an older program never asked for it.
_CODE_KEPT = "recovery_code_kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the first start asks. The secrets stand in no log and in no text of the object."""

    head: Letterhead
    name: str
    qualification: str = ""
    pin: str = field(repr=False)
    passphrase: str = field(repr=False)


def set_up(home: Path | str | None, setup: Setup, *, cost: "KdfCost | None" = None) -> Practice:
    """Create the practice with its letterhead and first practitioner, who may do everything.

    Raises as Practice.create(), BadInputError also for a PIN that is none; nothing was made then. Killed half way there
    is no practice, or one whose recovery code is made anew at the next opening.
    """
    checked_pin(setup.pin)
    if not setup.name.strip():
        raise BadInputError("Enter your name; it stands under what you sign.")
    practice = Practice.create(home, setup.passphrase, practitioner=setup.name.strip(), cost=cost)
    practice.set_setting(_CODE_KEPT, False)
    set_letterhead(practice, setup.head)
    practice.people.add(setup.name, qualification=setup.qualification, roles=tuple(Role), pin=setup.pin)
    practice.people.begin()
    _log.info("practice set up")
    return practice


def needs_recovery_code(practice: Practice) -> bool:
    """Whether the recovery code of this practice was never typed back."""
    return practice.setting(_CODE_KEPT) is False


def code_fits(code: str, typed: str) -> bool:
    """Whether what was typed is the code, however it is grouped or cased."""
    from mesomap.storage.recovery_code import parse_recovery_code

    try:
        return parse_recovery_code(code) == parse_recovery_code(typed)
    except BadInputError:
        return False


def code_was_kept(practice: Practice) -> None:
    """The code was typed back: it is on paper. Raises NotWritableError."""
    practice.set_setting(_CODE_KEPT, True)
