"""Who works in the practice: what each may do, the PIN that names them within the day, and the key they sign with."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError


class Role(StrEnum):
    """What a person may do. Each stands for itself; who charts may read."""

    READ = "read"
    CHART = "chart"
    SIGN = "sign"
    ADMINISTER = "administer"


#: The order in which roles are kept and shown.
ROLES = tuple(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entry):
    """A practitioner or an assistant.

    pin_hash: Argon2id text, "" = no PIN yet. public_key: Ed25519, hex. wrapped_key: the private key, wrapped under a
    subkey of the practice, base64; both "" for who does not sign. Somebody who left is withdrawn with a reason: what
    they recorded keeps their name.
    """

    KIND: ClassVar[str] = "person"

    name: str
    qualification: str = ""
    roles: tuple[Role, ...] = ()
    pin_hash: str = ""
    public_key: str = ""
    wrapped_key: str = ""

    @property
    def key(self) -> str:
        """The name, folded: two people of one name are told apart before they are recorded."""
        return " ".join(self.name.casefold().split())

    @property
    def is_active(self) -> bool:
        """Whether the person still works here."""
        return not self.withdrawn

    def may(self, role: Role) -> bool:
        """Whether the person holds the role. Everybody who works here may read."""
        return self.is_active and (role is Role.READ or role in self.roles)

    def check(self) -> None:
        """Raises BadInputError for a person without a name, or one who signs without a key."""
        if not self.name.strip():
            raise BadInputError("Enter the name of the person.")
        if Role.SIGN in self.roles and not (self.public_key and self.wrapped_key):
            raise BadInputError(f"{self.name} has no key to sign with yet. Record the person again.")
