"""Who works in the practice, who is at the computer now, and what that person may do.

Where nobody is recorded, whoever holds the passphrase may do everything, as on the command line: roles order the work
of a team at one computer, the passphrase guards the records.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol
from uuid import UUID, uuid4

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.change import Change
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.person import ROLES, Person, Role
from mesomap.domain.session import Session, SessionStatus
from mesomap.services.pin import hashed_pin, pin_fits
from mesomap.services.roles import role_of_kind
from mesomap.services.signing_keys import SigningKey, new_signing_key, signed

if TYPE_CHECKING:
    from mesomap.commands import Command
    from mesomap.storage import Database

_log = logging.getLogger(__name__)

_WORDS = {
    Role.READ: "read records",
    Role.CHART: "chart",
    Role.SIGN: "sign, amend or void sessions",
    Role.ADMINISTER: "administer the practice",
}


class StaffRecords(Protocol):
    """What the people of a practice are read from and written with."""

    def entries(self, kind: type[Person]) -> tuple[Person, ...]:
        """Everybody who was recorded."""
        ...

    def entry(self, kind: type[Person], entry_id: UUID) -> Person:
        """One of them. Raises NotFoundError."""
        ...

    def run(self, command: "Command") -> object:
        """Commit a command as one step."""
        ...


class People:
    """The people of an open practice. current: who is at the computer, None = not said, or nobody is recorded."""

    def __init__(self, records: StaffRecords, database: "Database") -> None:
        self._records, self._database = records, database
        self._known: tuple[Person, ...] | None = None
        self.current: Person | None = None

    def all(self) -> tuple[Person, ...]:
        """Everybody who was ever recorded, in the order of recording."""
        if self._known is None:
            self._known = self._records.entries(Person)
        return self._known

    def active(self) -> tuple[Person, ...]:
        """Who works here now."""
        return tuple(person for person in self.all() if person.is_active)

    def person(self, person_id: UUID) -> Person:
        """The person. Raises NotFoundError."""
        return self._records.entry(Person, person_id)

    # -- who is here

    def begin(self) -> bool:
        """After the passphrase: the only person is here without a question. True when nobody needs to be asked."""
        known = self.active()
        if len(known) == 1:
            self.take(known[0])
        return len(known) <= 1

    def come(self, person: Person, pin: str) -> bool:
        """The person takes over with the PIN; False when it is the wrong one."""
        if not pin_fits(person.pin_hash, pin):
            return False
        self.take(person)
        return True

    def check_passphrase(self, passphrase: str) -> None:
        """Whether it opens this practice; takes a moment, may run beside the window. Raises WrongPassphraseError."""
        self._database.check_secret(passphrase)

    def take(self, person: Person) -> Person:
        """The person is here from now on; what they do is recorded under their name."""
        self.current = person
        self._database.who = person.name
        return person

    def note_wrong_pins(self) -> None:
        """Wrong PINs locked the practice: that stays in the audit. Never raises."""
        try:
            self._database.note("locked after wrong PINs")
        except MesoMapError as error:
            _log.info("wrong PINs not noted: %s", type(error).__name__)

    # -- what they may

    def may(self, role: Role) -> bool:
        """Whether who is here holds the role; everything where nobody is recorded."""
        return self.current is None or self.current.may(role)

    def holds_all(self) -> bool:
        """Whether nothing is refused to who is here."""
        return all(self.may(role) for role in Role)

    def require(self, role: Role) -> None:
        """Refuse what the role does not hold. Raises BadInputError."""
        refused = self.refusal(role)
        if refused:
            raise BadInputError(refused)

    def refusal(self, role: Role) -> str:
        """Why who is here may not do what asks for the role, in a sentence; "" when they may."""
        if self.current is None or self.current.may(role):
            return ""
        return f"{self.current.name} may not {_WORDS[role]}. Let somebody who may take over with their PIN."

    def allow(self, changes: Sequence[Change]) -> None:
        """Refuse changes that who is here may not make. Raises BadInputError."""
        if self.current is None:
            return
        for role in {self._role_for(change) for change in changes}:
            self.require(role)

    def seen(self, changes: Sequence[Change]) -> None:
        """Changes were committed: people among them are known from now on."""
        found = [change.record for change in changes if isinstance(change.record, Person)]
        if not found:
            return
        self._known = None
        for person in found:
            if self.current is not None and person.id == self.current.id:
                self.current = person
                self._database.who = person.name

    def _role_for(self, change: Change) -> Role:
        record, before = change.record, change.before
        if isinstance(record, Session) and isinstance(before, Session) and record.status is not before.status:
            return Role.SIGN
        if isinstance(record, Session) and before is None and record.status is not SessionStatus.DRAFT:
            return Role.SIGN
        if isinstance(record, Person) and isinstance(before, Person) and self._is_own_pin(before, record):
            return Role.READ
        return role_of_kind(getattr(record, "KIND", ""))

    def _is_own_pin(self, before: Person, after: Person) -> bool:
        own = self.current is not None and self.current.id == before.id
        return own and replace(after, pin_hash=before.pin_hash) == before

    def new_recovery_code(self) -> str:
        """A new recovery code to print; the one before opens no more. Raises BadInputError, NotWritableError."""
        self.require(Role.ADMINISTER)
        return self._database.new_recovery_code()

    def signature_of(self, person: Person, statement: bytes) -> str:
        """The person's signature over a statement, hex. Raises BadInputError (no key), DamagedError."""
        key = SigningKey(person.public_key, person.wrapped_key)
        return signed(statement, key, person.id, self._database.subkey("signing"))

    # -- recording them

    def add(self, name: str, *, qualification: str = "", roles: Sequence[Role] = (), pin: str = "") -> Person:
        """Record somebody new. Raises BadInputError (name taken, not a PIN, not allowed)."""
        person_id, at = uuid4(), now()
        plain = " ".join(name.split())
        self._refuse_taken(plain, person_id)
        key = self._key_for(person_id, roles)
        person = Person(
            id=person_id,
            entered_at=at,
            entered_by=self._database.who,
            name=plain,
            qualification=" ".join(qualification.split()),
            roles=tuple(role for role in ROLES if role in roles),
            pin_hash=hashed_pin(pin) if pin else "",
            public_key=key.public,
            wrapped_key=key.wrapped,
        )
        self._records.run(AddEntries((person,), name="New person"))
        return person

    def edit(self, before: Person, *, name: str, qualification: str, roles: Sequence[Role], pin: str = "") -> Person:
        """Record an edit; an empty PIN keeps the one there is. Raises BadInputError."""
        plain = " ".join(name.split())
        self._refuse_taken(plain, before.id)
        key = SigningKey(before.public_key, before.wrapped_key)
        if Role.SIGN in roles and not key.public:
            key = self._key_for(before.id, roles)
        after = replace(
            before,
            name=plain,
            qualification=" ".join(qualification.split()),
            roles=tuple(role for role in ROLES if role in roles),
            pin_hash=hashed_pin(pin) if pin else before.pin_hash,
            public_key=key.public,
            wrapped_key=key.wrapped,
        )
        self._refuse_without_administrator(after)
        self._records.run(EditEntry(before, after, name="Edit person"))
        return after

    def take_leave(self, person: Person, reason: str) -> Person:
        """Somebody does not work here any more; records keep the name. Raises BadInputError."""
        if not reason.strip():
            raise BadInputError("Say in a few words why, for example “left in May”.")
        after = replace(person, withdrawn=reason.strip())
        if self.current is not None and self.current.id == person.id:
            raise BadInputError("Nobody takes leave of themselves. Let another administrator do it.")
        self._refuse_without_administrator(after)
        self._records.run(EditEntry(person, after, name="Person left"))
        return after

    def come_back(self, person: Person) -> Person:
        """Somebody works here again. Raises BadInputError."""
        self._refuse_taken(person.name, person.id)
        after = replace(person, withdrawn="")
        self._records.run(EditEntry(person, after, name="Person came back"))
        return after

    def _key_for(self, person_id: UUID, roles: Sequence[Role]) -> SigningKey:
        if Role.SIGN not in roles:
            return SigningKey("", "")
        return new_signing_key(person_id, self._database.subkey("signing"))

    def _refuse_taken(self, name: str, person_id: UUID) -> None:
        key = " ".join(name.casefold().split())
        if any(other.key == key and other.id != person_id and other.is_active for other in self.all()):
            raise BadInputError(f"{name} is recorded already. Add a first name or a letter, so that both can be told.")

    def _refuse_without_administrator(self, after: Person) -> None:
        others = [person for person in self.active() if person.id != after.id]
        if not any(person.may(Role.ADMINISTER) for person in (*others, after)):
            raise BadInputError("Somebody has to administer the practice. Give that role to another person first.")
