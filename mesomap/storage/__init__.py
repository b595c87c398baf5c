"""Keys, the encrypted database, unit of work, audit chain, backup and restore.

The only room that knows SQL. Names are loaded when they are first used: SQLAlchemy takes long to import, and the window
paints before a practice is opened.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mesomap.storage.backup import make_backup
    from mesomap.storage.database import Database
    from mesomap.storage.history import SavedStep, StepAction
    from mesomap.storage.home import Home, home_folder
    from mesomap.storage.keys import KdfCost
    from mesomap.storage.lock import HomeLock
    from mesomap.storage.opening import create_database
    from mesomap.storage.restore import restore_backup
    from mesomap.storage.unlocking import open_database
    from mesomap.storage.verify import VerifyReport, verify_database

_MODULE_OF = {
    "Database": "database",
    "SavedStep": "history",
    "Home": "home",
    "HomeLock": "lock",
    "KdfCost": "keys",
    "StepAction": "history",
    "VerifyReport": "verify",
    "create_database": "opening",
    "home_folder": "home",
    "make_backup": "backup",
    "open_database": "unlocking",
    "restore_backup": "restore",
    "verify_database": "verify",
}

__all__ = [
    "Database",
    "Home",
    "HomeLock",
    "KdfCost",
    "SavedStep",
    "StepAction",
    "VerifyReport",
    "create_database",
    "home_folder",
    "make_backup",
    "open_database",
    "restore_backup",
    "verify_database",
]


def __getattr__(name: str) -> object:
    """Load the module of a name at its first use."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
