"""The bodies of one atlas, each opened when it is first asked for: a record is drawn on its own."""

from collections.abc import Callable

from mesomap.atlas.atlas import Atlas, open_atlas
from mesomap.atlas.files import read_manifest
from mesomap.domain.errors import NewerVersionError, NotFoundError
from mesomap.domain.place import AtlasRef

FIRST_BODY = "female"


def shipped_body(body: str) -> Atlas:
    """Open a body of the shipped atlas. Raises NotFoundError, DamagedError or NewerVersionError."""
    return open_atlas(body=body)


class Bodies:
    """Opens bodies by name and keeps them; what is not asked for is never loaded."""

    def __init__(self, open_body: Callable[[str], Atlas] = shipped_body) -> None:
        self._open_body = open_body
        self._open: dict[str, Atlas] = {}

    def named(self, body: str) -> Atlas:
        """The body of this name. Raises NotFoundError, DamagedError or NewerVersionError."""
        if body not in self._open:
            self._open[body] = self._open_body(body)
        return self._open[body]

    @property
    def first(self) -> Atlas:
        """The body that is shown where no patient asks for another."""
        return next(iter(self._open.values()), None) or self.named(FIRST_BODY)

    def names(self) -> tuple[str, ...]:
        """Names of all bodies of the atlas. Raises as `named` does."""
        return read_manifest(self.first.folder).bodies

    def of(self, ref: AtlasRef) -> Atlas:
        """The body that a record was charted on, drawn as it was then.

        Raises NewerVersionError when the record needs a newer MesoMap, NotFoundError when this one does not hold the
        body, and the errors of opening it.
        """
        atlas = self.named(ref.body)
        if not atlas.reads(ref):
            raise unreadable(ref, atlas.ref)
        return atlas


def unreadable(wanted: AtlasRef, held: AtlasRef) -> NotFoundError | NewerVersionError:
    """The error of a record whose skin is not the held one."""
    what = f"It was charted on the body atlas {wanted.id} {wanted.version} ({wanted.body})"
    if wanted.id == held.id and _parts(wanted.version) > _parts(held.version):
        return NewerVersionError(f"{what}; this MesoMap holds version {held.version}. Update MesoMap.")
    return NotFoundError(f"{what}, which this MesoMap does not hold.")


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))
