"""A key that is derived ahead opens what it was derived for, and nothing else."""

import pytest

from mesomap.domain.errors import WrongPassphraseError
from mesomap.storage import Home, open_database, unlocking
from mesomap.storage.key_file import KeyFile, unlock
from mesomap.storage.keys import MasterKey
from mesomap.storage.unlocking import derive_ahead
from tests.unit.storage.conftest import PASSPHRASE


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Secrets of which a key is derived."""
    found: list[str] = []

    def noted(keys: KeyFile, secret: str, *, one_thread: bool = False) -> MasterKey:
        found.append(secret)
        return unlock(keys, secret, one_thread=one_thread)

    monkeypatch.setattr(unlocking, "unlock", noted)
    return found


def test_a_key_derived_ahead_is_not_derived_again(closed_home: Home, derived: list[str]) -> None:
    derive_ahead(closed_home, PASSPHRASE)
    open_database(closed_home, PASSPHRASE).close()
    assert derived == [PASSPHRASE]
    open_database(closed_home, PASSPHRASE).close()
    assert derived == [PASSPHRASE, PASSPHRASE]


def test_a_key_derived_ahead_of_another_secret_opens_nothing(closed_home: Home, derived: list[str]) -> None:
    derive_ahead(closed_home, PASSPHRASE)
    with pytest.raises(WrongPassphraseError):
        open_database(closed_home, "another one")
    open_database(closed_home, PASSPHRASE).close()
    assert derived == [PASSPHRASE, "another one", PASSPHRASE]


def test_a_wrong_secret_ahead_is_told_when_it_is_opened_with(closed_home: Home, derived: list[str]) -> None:
    derive_ahead(closed_home, "wrong one")
    with pytest.raises(WrongPassphraseError):
        open_database(closed_home, "wrong one")
    assert derived == ["wrong one"]


def test_where_there_is_no_practice_nothing_is_derived(home: Home, derived: list[str]) -> None:
    derive_ahead(home, PASSPHRASE)
    assert not derived
