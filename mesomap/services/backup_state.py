"""How well the practice is backed up, in a glance: when the last verified backups were made, and what is wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

#: Days after which a backup that is not up to date is worth a warning.
WARN_DAYS, WARN_CHOICES = 1, (1, 2, 3, 7, 14)
#: A second disk may lie elsewhere for so many days, and for as many as the first one when that is more.
_SECOND_DAYS = 7
#: The clocks of two computers differ; more than this and a backup is dated in the future.
_AHEAD = timedelta(minutes=5)
_SETTING = "backup.warn_days"


class Worry(Enum):
    """What is wrong."""

    FAILED = "failed"
    OLD = "old"
    SECOND_OLD = "second_old"
    SECOND_MISSING = "second_missing"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class BackupState:
    """first, second: when the newest verified backups of the two folders were made; second_wanted: a second folder was
    chosen. trouble: the sentence of the last attempt, where that failed. worries: none = all is well.
    """

    first: datetime | None = None
    second: datetime | None = None
    second_wanted: bool = False
    trouble: str = ""
    worries: frozenset[Worry] = frozenset()


def warn_days(practice: "Practice") -> int:
    """After how many days an outdated backup is warned of."""
    kept = practice.setting(_SETTING)
    return kept if isinstance(kept, int) and 1 <= kept <= 365 else WARN_DAYS


def set_warn_days(practice: "Practice", days: int) -> None:
    """Set it. Raises BadInputError outside 1 to 365 days."""
    if not 1 <= days <= 365:
        raise BadInputError(f"{days} days are not possible. Choose 1 to 365 days.")
    practice.set_setting(_SETTING, days)


def backup_state(practice: "Practice", at: datetime | None = None) -> BackupState:
    """The state at a moment (now). A backup that holds everything there is never too old."""
    own = practice.backups
    at = at or now()
    found, second = own.found(), own.found_second()
    first_at = found[0].made_at if found else None
    second_at = second[0].made_at if second else None
    trouble, changed = own.last_trouble(), own.changed()
    second_behind = changed or (bool(found) and bool(second) and second[0].sequence < found[0].sequence)
    limit = timedelta(days=warn_days(practice))
    worries = set()
    if trouble:
        worries.add(Worry.FAILED)
    if first_at is not None and changed and at - first_at > limit:
        worries.add(Worry.OLD)
    if any(made is not None and made > at + _AHEAD for made in (first_at, second_at)):
        worries.add(Worry.FUTURE)
    wanted = own.second_folder is not None
    if wanted and found and second_at is None:
        worries.add(Worry.SECOND_MISSING)
    elif second_at is not None and second_behind and at - second_at > max(limit, timedelta(days=_SECOND_DAYS)):
        worries.add(Worry.SECOND_OLD)
    return BackupState(first_at, second_at, wanted, trouble, frozenset(worries))
