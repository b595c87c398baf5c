"""What can be taken in one tap: last time's mixtures, and the favourites of the practice."""

from PySide6.QtCore import QCoreApplication

from mesomap.domain.errors import MesoMapError
from mesomap.domain.session import Mixture, Session
from mesomap.services import ChartingService
from mesomap.services.mixing import Offered, from_favourite, last_mixtures
from mesomap.services.shelf import Shelf

LAST = "last"


class Offers:
    """Looks last time's mixtures up once; what lies before the open session never changes."""

    def __init__(self, service: ChartingService) -> None:
        self._service = service
        self._last: tuple[Offered, ...] | None = None

    def forget(self) -> None:
        """Another session, or another shelf."""
        self._last = None

    def listed(self, shelf: Shelf, letter: str) -> tuple[tuple[str, str], ...]:
        """Key and words of what can be taken while nothing is recorded of the letter."""
        if _holds(self._service.session, letter):
            return ()
        found = [(str(one.id), one.name) for one in shelf.favourites]
        words = ", ".join(_named(one.mixture) for one in self._open_ones(shelf))
        if not words:
            return tuple(found)
        return ((LAST, QCoreApplication.translate("Mixtures", "As last time: {0}").format(words)), *found)

    def taken(self, shelf: Shelf, letter: str, key: str) -> tuple[Mixture, ...]:
        """The mixtures of an offer, as they would be today."""
        if key == LAST:
            return tuple(one.mixture for one in self._open_ones(shelf))
        favourite = next(one for one in shelf.favourites if str(one.id) == key)
        known = self._service.session.mixture(letter)
        name = known.name if known is not None and known.name else favourite.name
        return (Mixture(letter=letter, name=name, details=from_favourite(shelf, favourite)),)

    def _open_ones(self, shelf: Shelf) -> tuple[Offered, ...]:
        """Last time's mixtures of letters that hold nothing here yet."""
        if self._last is None:
            try:
                self._last = last_mixtures(self._service.practice, shelf, self._service.session)
            except MesoMapError:  # damage is told when the last session itself is asked for
                self._last = ()
        return tuple(one for one in self._last if not _holds(self._service.session, one.mixture.letter))


def _holds(session: Session, letter: str) -> bool:
    mixture = session.mixture(letter)
    return mixture is not None and mixture.details is not None and bool(mixture.details.lines)


def _named(mixture: Mixture) -> str:
    lines = mixture.details.lines if mixture.details is not None else ()
    return f"{mixture.letter} {mixture.name or ' + '.join(line.product_name for line in lines)}"
