"""Keys: what opens, what does not, and how a wrong passphrase differs from a damaged file."""

import hashlib
import json
import random
from pathlib import Path

import pytest
from cryptography.exceptions import UnsupportedAlgorithm

from mesomap.domain.errors import BadInputError, DamagedError, NewerVersionError, WrongPassphraseError
from mesomap.storage.key_file import (
    KeyFile,
    new_key_file,
    read_key_file,
    unlock,
    with_new_passphrase,
    write_key_file,
)
from mesomap.storage.keys import KdfCost, MasterKey, derive
from tests.records import CHEAP


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, KeyFile, MasterKey, str]:
    keys, master, code = new_key_file("id-1", "correct horse", CHEAP)
    path = tmp_path / "keys.json"
    write_key_file(path, keys)
    return path, keys, master, code


def test_subkeys_differ_by_purpose_and_practice() -> None:
    one, other = MasterKey.new(), MasterKey.new()
    keys = {one.subkey(purpose) for purpose in ("database", "photos", "audit", "backup")}
    assert len(keys) == 4
    assert one.subkey("database") == one.subkey("database")
    assert other.subkey("database") not in keys


def test_the_passphrase_and_the_recovery_code_open_the_same_key(
    made: tuple[Path, KeyFile, MasterKey, str],
) -> None:
    path, _, master, code = made
    for secret in ("correct horse", code, code.lower().replace("-", "")):
        assert unlock(read_key_file(path), secret).subkey("database") == master.subkey("database")


@pytest.mark.parametrize("cost", [CHEAP, KdfCost(passes=2, memory_kib=64, lanes=4)])
def test_one_thread_derives_the_same_key_as_many(cost: KdfCost) -> None:
    secret, salt = "correct hörse".encode(), bytes(range(16))
    assert derive(secret, salt, cost, one_thread=True) == derive(secret, salt, cost)


def test_a_key_is_derived_where_openssl_has_no_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_args: object) -> bytes:
        raise UnsupportedAlgorithm("no Argon2id here")

    wanted = derive(b"correct", bytes(16), CHEAP)
    monkeypatch.setattr("mesomap.storage.keys._in_one_thread", missing)
    assert derive(b"correct", bytes(16), CHEAP, one_thread=True) == wanted


def test_the_same_passphrase_typed_with_another_keyboard_opens(tmp_path: Path) -> None:
    keys, _, _ = new_key_file("id", "cafe\u0301 5", CHEAP)
    write_key_file(tmp_path / "keys.json", keys)
    assert unlock(read_key_file(tmp_path / "keys.json"), "caf\u00e9 5")


@pytest.mark.parametrize("secret", ["Correct horse", "", "x", "correct horse ", "\ud800\ud800\ud800\ud800"])
def test_a_wrong_passphrase_says_so(made: tuple[Path, KeyFile, MasterKey, str], secret: str) -> None:
    with pytest.raises(WrongPassphraseError, match="passphrase does not open"):
        unlock(read_key_file(made[0]), secret)


def test_every_flipped_bit_is_found_before_a_passphrase_is_tried(
    made: tuple[Path, KeyFile, MasterKey, str],
) -> None:
    path = made[0]
    whole = path.read_bytes()
    seed = 20260504
    chance = random.Random(seed)
    for _ in range(150):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        try:
            keys = read_key_file(path)
        except (DamagedError, NewerVersionError):
            continue
        assert keys == made[1], "a flipped bit went unnoticed"  # white space between the values


def test_missing_foreign_and_newer_files_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with pytest.raises(DamagedError, match="missing"):
        read_key_file(path)
    for text in ("", "[]", "{}", '"x"', "null", "[" * 5000, "\xff", '{"format": "else", "sha256": "x"}'):
        path.write_text(text, encoding="latin-1")
        with pytest.raises(DamagedError):
            read_key_file(path)
    newer = {"format": "mesomap.keys", "version": 2}
    digest = hashlib.sha256(json.dumps(newer, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    path.write_text(json.dumps({**newer, "sha256": digest}))
    with pytest.raises(NewerVersionError, match="newer"):
        read_key_file(path)


def test_a_file_that_asks_for_a_terabyte_is_refused(tmp_path: Path) -> None:
    keys, master, _ = new_key_file("id", "four", CHEAP)
    slot = master.wrap("passphrase", b"four", CHEAP)
    greedy = type(slot)(slot.kind, KdfCost(1, 1 << 30, 1), slot.salt, slot.nonce, slot.wrapped)
    write_key_file(tmp_path / "keys.json", KeyFile(keys.database_id, (greedy,), keys.check))
    with pytest.raises(DamagedError):
        read_key_file(tmp_path / "keys.json")


def test_a_new_passphrase_rewraps_the_same_key(made: tuple[Path, KeyFile, MasterKey, str]) -> None:
    path, keys, master, code = made
    write_key_file(path, with_new_passphrase(keys, master, "another one", CHEAP))
    again = read_key_file(path)
    assert unlock(again, "another one").subkey("audit") == master.subkey("audit")
    assert unlock(again, code).subkey("audit") == master.subkey("audit")
    with pytest.raises(WrongPassphraseError):
        unlock(again, "correct horse")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(BadInputError, match="too short"):
        new_key_file("id", "abc", CHEAP)


def test_the_file_holds_neither_key_nor_passphrase(made: tuple[Path, KeyFile, MasterKey, str]) -> None:
    path, _, master, code = made
    text = path.read_text()
    assert "correct horse" not in text
    assert code not in text
    assert master.subkey("database").hex() not in text
    assert {slot["kind"] for slot in json.loads(text)["slots"]} == {"passphrase", "recovery"}
