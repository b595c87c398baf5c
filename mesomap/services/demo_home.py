"""The demonstration home: built once, opened ever after; what builds it is loaded only then."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.errors import BadInputError
from mesomap.services.practice import Practice
from mesomap.storage import Home, home_folder

if TYPE_CHECKING:
    from mesomap.atlas import Bodies
    from mesomap.services.demo_signed import PaperOf
    from mesomap.storage import KdfCost

DEMO_PASSPHRASE = "demo"
#: PIN of the one person of the demonstration.
DEMO_PIN = "4711"


class DemoPractice:
    """Builds and opens the demonstration home (passphrase "demo")."""

    @staticmethod
    def build(
        home: Path | str | None,
        bodies: "Bodies",
        *,
        cost: "KdfCost | None" = None,
        today: date | None = None,
        paper: "PaperOf | None" = None,
    ) -> Practice:
        """Twelve invented patients with their sessions of two years before today, and an empty draft for the first;
        returns it open. The same day gives the same records, but for their ids and the draft's time.

        paper: makes the PDF of a session to be signed; without it nothing is signed.

        Raises BadInputError when the home holds a practice already, and the errors of Practice.create().
        """
        practice = Practice.create(home, DEMO_PASSPHRASE, practitioner="Demonstration", cost=cost)
        try:
            _record_all(practice, bodies, today or date.today(), paper)
        except BaseException:
            practice.close()
            raise
        return practice

    @staticmethod
    def open_or_build(
        home: Path | str | None,
        bodies: "Bodies",
        *,
        cost: "KdfCost | None" = None,
        paper: "PaperOf | None" = None,
    ) -> Practice:
        """Open the demonstration home, or build it when the folder holds no practice. Raises typed errors."""
        if Home(home_folder(home)).exists():
            practice = Practice.open(home, DEMO_PASSPHRASE, practitioner="Demonstration")
            if not practice.patients():
                # Building was broken off before the first visit: there is nothing to keep, so it goes on here.
                _record_all(practice, bodies, date.today(), paper)
            return practice
        return DemoPractice.build(home, bodies, cost=cost, paper=paper)

    @staticmethod
    def draft(practice: Practice) -> UUID:
        """The session that the demonstration opens.

        The latest one. Raises BadInputError when there is none.
        """
        sessions = practice.sessions()
        if not sessions:
            raise BadInputError("The demonstration home holds no session.")
        return sessions[-1].id


def _record_all(practice: Practice, bodies: "Bodies", today: date, paper: "PaperOf | None") -> None:
    from mesomap.services.demo import record_all

    record_all(practice, bodies, today)
    if paper is not None:
        from mesomap.services.demo_signed import sign_some

        sign_some(practice, bodies, paper, DEMO_PIN)
