"""Keys, the encrypted database, unit of work, audit chain, backup and restore.

The only room that knows SQL.
"""

from mesomap.storage.backup import make_backup, restore_backup
from mesomap.storage.database import Database
from mesomap.storage.home import Home, home_folder
from mesomap.storage.keys import KdfCost
from mesomap.storage.lock import HomeLock
from mesomap.storage.opening import create_database, open_database
from mesomap.storage.unit_of_work import Entry, StepAction
from mesomap.storage.verify import VerifyReport, verify_database

__all__ = [
    "Database",
    "Entry",
    "Home",
    "HomeLock",
    "KdfCost",
    "StepAction",
    "VerifyReport",
    "create_database",
    "home_folder",
    "make_backup",
    "open_database",
    "restore_backup",
    "verify_database",
]
