"""Row 10: wrong passphrase, lost key file, empty or foreign file: told apart, and nothing is overwritten."""

import sqlite3
from collections.abc import Callable

from mesomap.domain.errors import BadInputError, DamagedError, MesoMapError, WrongPassphraseError
from mesomap.storage import Home, create_database, open_database
from mesomap.storage.engine import open_engine
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE
from tests.faults.practices import copied, new_home
from tests.records import CHEAP

Harm = Callable[[Ground, Home, Home], str]


def _wrong_passphrase(ground: Ground, _home: Home, _other: Home) -> str:
    return "".join(ground.chance.choices("abcdefghÄß 0123", k=ground.chance.randint(0, 12))) + "?"


def _plain(_ground: Ground, home: Home, _other: Home) -> str:
    home.database.unlink()
    plain = sqlite3.connect(home.database)
    plain.execute("CREATE TABLE x (y)")
    plain.commit()
    plain.close()
    return PASSPHRASE


def _keys_of_another(_ground: Ground, home: Home, other: Home) -> str:
    home.keys.write_bytes(other.keys.read_bytes())
    return PASSPHRASE


def _database_of_another(_ground: Ground, home: Home, other: Home) -> str:
    home.database.write_bytes(other.database.read_bytes())
    return PASSPHRASE


def _noise(ground: Ground, home: Home, _other: Home) -> str:
    path = ground.chance.choice((home.database, home.keys))
    path.write_bytes(ground.chance.randbytes(4096 * ground.chance.randint(1, 20)))
    return PASSPHRASE


def _cut(ground: Ground, home: Home, _other: Home) -> str:
    path = ground.chance.choice((home.database, home.keys))
    path.write_bytes(path.read_bytes()[: ground.chance.randrange(path.stat().st_size)])
    return PASSPHRASE


def _empty(ground: Ground, home: Home, _other: Home) -> str:
    ground.chance.choice((home.database, home.keys)).write_bytes(b"")
    return PASSPHRASE


def _lost(ground: Ground, home: Home, _other: Home) -> str:
    ground.chance.choice((home.database, home.keys)).unlink()
    return PASSPHRASE


_HARMS: tuple[tuple[Harm, type[MesoMapError]], ...] = (
    (_wrong_passphrase, WrongPassphraseError),
    (_plain, DamagedError),
    (_keys_of_another, DamagedError),
    (_database_of_another, DamagedError),
    (_noise, DamagedError),
    (_cut, DamagedError),
    (_empty, DamagedError),
    (_lost, DamagedError),
)


def run(ground: Ground) -> Tally:
    """Each harm by turns; the type of the refusal tells a wrong passphrase from damage."""
    tally = Tally(rounds=ground.rounds(24, 400))
    fresh, other = new_home(ground.place("fresh"), 3), new_home(ground.place("other"), 3)
    for number in range(tally.rounds):
        harm, expected = _HARMS[number % len(_HARMS)]
        home = copied(fresh, ground.place("home"))
        secret = harm(ground, home, other)
        before = _bytes(home)
        try:
            open_database(home, secret).close()
        except expected as error:
            told = type(error) is expected
        except MesoMapError:
            told = False
        else:
            told = False
        tally.found(told, f"{harm.__name__}: not a {expected.__name__}")
        tally.torn += _bytes(home) != before
        try:
            create_database(home, PASSPHRASE, cost=CHEAP)
        except BadInputError:
            pass
        else:
            tally.lost += 1
    _control(ground, fresh, tally)
    return tally


def _bytes(home: Home) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.root.iterdir() if path.is_file()}


def _control(ground: Ground, fresh: Home, tally: Tally) -> None:
    """The engine alone says the same of a wrong key and of a damaged file."""
    said = set()
    for harmed in (False, True):
        home = copied(fresh, ground.place("home"))
        if harmed:
            home.database.write_bytes(bytes(8192))
        try:
            open_engine(home.database, bytes(32)).dispose()
        except MesoMapError as error:
            said.add(error.sentence)
    tally.control = f"the engine alone has {len(said)} sentence for both"
    tally.control_failed = len(said) == 1


ROW = Row(10, "wrong passphrase, lost key file, empty or foreign file", run)
