"""Opening with a secret: the key is derived while SQLAlchemy loads, so that neither waits for the other."""

import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from mesomap.domain.errors import MesoMapError
from mesomap.storage.files import sentence_for
from mesomap.storage.home import Home
from mesomap.storage.key_file import KeyFile, read_key_file, unlock
from mesomap.storage.keys import MasterKey
from mesomap.storage.places import refuse_network_folder

if TYPE_CHECKING:
    from mesomap.storage.database import Database


#: Key file and secret of which the key is being derived ahead, and the key to come.
_ahead: list[tuple[KeyFile, str, Future[MasterKey]]] = []


def derive_ahead(home: Home, secret: str) -> None:
    """Begin to derive the key of a practice that is about to be opened: what loads until then does not wait for it.

    Nothing is raised: whoever opens is told what is wrong.
    """
    with suppress(MesoMapError):
        keys = read_key_file(home.keys)
        _ahead[:] = [(keys, secret, _derived_beside(keys, secret, one_thread=True))]


def _derived_beside(keys: KeyFile, secret: str, *, one_thread: bool) -> Future[MasterKey]:
    """Argon2id works without the interpreter's lock."""
    beside = ThreadPoolExecutor(1, thread_name_prefix="unlocking")
    key = beside.submit(unlock, keys, secret, one_thread=one_thread)
    beside.shutdown(wait=False)
    return key


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
    master = next((key for of, by, key in _ahead if of == keys and by == secret), None)
    _ahead.clear()
    if master is None:
        # What loads meanwhile takes about as long as Argon2id does in one thread: in more it would only be in the way.
        to_load = "mesomap.storage.opening" not in sys.modules
        master = _derived_beside(keys, secret, one_thread=to_load)
    from mesomap.storage.opening import open_unlocked

    return open_unlocked(home, keys, master.result, who=who)
