"""Row 19: mutated session files, and the same file twice."""

import json
import random
from pathlib import Path
from typing import Any

from mesomap.atlas import Atlas, open_atlas
from mesomap.domain.errors import MesoMapError
from mesomap.services import Practice
from mesomap.services.session_files import import_session
from mesomap.storage import KdfCost
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE

_EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.json"))
_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1e308, 2**70, "", "x" * 5000, "\u202e", [], {}, [[[[]]]], "NaN", 0.1, "2026-02-30", "=1",
)  # fmt: skip
_EACH = 200


def run(ground: Ground) -> Tally:
    """Bytes and values are changed at random; what is taken in is whole, and once."""
    tally = Tally(rounds=ground.rounds(120, 10_000))
    atlas = open_atlas()
    sources = [path.read_bytes() for path in _EXAMPLES]
    file = ground.place("mutated.json")
    practice: Practice | None = None
    for number in range(tally.rounds):
        if practice is None or number % _EACH == 0:
            if practice is not None:
                tally.false_alarms += not practice.verify().ok
                practice.close()
            practice = Practice.create(ground.place("home"), PASSPHRASE, cost=KdfCost(1, 8, 1))
        file.write_bytes(_mutated(ground.chance, sources[number % len(sources)]))
        _take_in(practice, atlas, file, tally)
    if practice is not None:
        tally.false_alarms += not practice.verify().ok
        practice.close()
    whole = sum(_parses(_mutated(ground.chance, sources[0])) for _ in range(50))
    tally.control = f"a JSON reader alone takes {whole} of 50 mutated files"
    tally.control_failed = whole > 0
    return tally


def _state(practice: Practice) -> tuple[int, int]:
    return len(practice.sessions()), len(practice.patients())


def _take_in(practice: Practice, atlas: Atlas, file: Path, tally: Tally) -> None:
    before = _state(practice)
    try:
        outcome = import_session(practice, atlas, file)
    except MesoMapError as error:
        tally.detected += 1
        tally.torn += _state(practice) != before or not error.sentence
        return
    except Exception as error:
        tally.missed += 1
        tally.remarks.append(f"crash: {type(error).__name__}: {error}"[:200])
        return
    tally.acknowledged += 1
    tally.torn += len(practice.marks(outcome.session.id)) != outcome.marks
    now = _state(practice)
    again = import_session(practice, atlas, file)
    tally.torn += again.created or _state(practice) != now


def _parses(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _mutated(chance: random.Random, data: bytes) -> bytes:
    kind = chance.randrange(6)
    if kind == 0:
        place = chance.randrange(len(data))
        return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
    if kind == 1:
        return data[: chance.randrange(len(data))]
    if kind == 2:
        start, end = sorted(chance.sample(range(len(data)), 2))
        return data[:start] + data[end:]
    page = json.loads(data)
    for _ in range(chance.randint(1, 3)):
        holder, key = chance.choice(_slots(page))
        if kind == 3:
            holder[key] = chance.choice(_VALUES)
        elif kind == 4 and isinstance(holder, dict):
            holder.pop(key, None)
        elif isinstance(holder, list):
            holder.insert(0, holder[chance.randrange(len(holder))] if holder else None)
        else:
            holder[f"{key}x"] = chance.choice(_VALUES)
    return json.dumps(page).encode()


def _slots(page: Any) -> list[tuple[Any, Any]]:
    """Every place in the page that holds a value."""
    found: list[tuple[Any, Any]] = []
    if isinstance(page, dict):
        for key, value in page.items():
            found += [(page, key), *_slots(value)]
    elif isinstance(page, list):
        for place, value in enumerate(page):
            found += [(page, place), *_slots(value)]
    return found


ROW = Row(19, "import: mutated session files, the same file twice", run)
