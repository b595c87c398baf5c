"""Opening with a secret: the key is derived while SQLAlchemy loads, so that neither waits for the other."""

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from mesomap.storage.files import sentence_for
from mesomap.storage.home import Home
from mesomap.storage.key_file import read_key_file, unlock
from mesomap.storage.places import refuse_network_folder

if TYPE_CHECKING:
    from mesomap.storage.database import Database


def open_database(home: Home, secret: str, *, who: str = "") -> "Database":
    """Open the practice with its passphrase or recovery code.

    Raises WrongPassphraseError, DamagedError (missing, foreign, truncated, damaged), NewerVersionError,
    NotWritableError, InUseError. The files are not touched by a refusal. A restore that was cut off is finished first.
    """
    refuse_network_folder(home.root)
    try:
        decided = home.restore_ready.exists() or home.restore_cleared.exists()
    except OSError as error:
        raise sentence_for(error, home.root) from error
    if decided:
        from mesomap.storage.replacing import finish_replacing

        finish_replacing(home)
    keys = read_key_file(home.keys)
    # Argon2id works without the interpreter's lock. What loads meanwhile takes about as long as Argon2id does in one
    # thread: in more it would only be in the way of the loading.
    to_load = "mesomap.storage.opening" not in sys.modules
    with ThreadPoolExecutor(1, thread_name_prefix="unlocking") as beside:
        master = beside.submit(unlock, keys, secret, one_thread=to_load)
        from mesomap.storage.opening import open_unlocked

        return open_unlocked(home, keys, master.result, who=who)
