"""A canary name: searched in every byte that the program leaves behind, while open and after."""

from pathlib import Path

from mesomap.domain.change import Change
from mesomap.storage import Home, create_database, make_backup
from tests.records import CHEAP, a_patient, a_session, a_set, commit

CANARY = "Kanarienvogel"
PASSPHRASE = "Geheimsatz"


def _files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _holding(root: Path, word: str) -> list[str]:
    """Files that hold the word, in UTF-8 or UTF-16."""
    forms = (word.encode(), word.encode("utf-16-le"), word.lower().encode())
    return [path.name for path, data in _files(root).items() if any(form in data for form in forms)]


def test_no_file_holds_a_name_or_the_passphrase(tmp_path: Path) -> None:
    home = Home(tmp_path / "practice")
    home.prepare()
    database, code = create_database(home, PASSPHRASE, cost=CHEAP)
    patient = a_patient(family_name=CANARY, notes=CANARY * 500)
    session = a_session(patient)
    commit(database, Change(None, patient))
    commit(database, Change(None, session))
    for _ in range(20):
        commit(database, Change(None, a_set(session, 200)), session=session)
    make_backup(database, home.backups)
    names = {path.name for path in _files(home.root)}
    assert {"mesomap.db", "mesomap.db-wal"} <= names, "the log must be looked at, too"
    for word in (CANARY, PASSPHRASE, code, "Beispiel"):
        assert _holding(home.root, word) == []
    database.close()
    for word in (CANARY, PASSPHRASE, code):
        assert _holding(home.root, word) == []
    (home.logs / "control.log").write_text(f"opened {CANARY}")
    assert _holding(home.root, CANARY) == ["control.log"]  # the search finds what is there
