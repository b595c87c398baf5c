"""A log of what a program asked the disk to do, and what may be on the disk when the power goes at any moment of it.

The log is strace's. Replayed: what was synced is there; each write that was not is there, gone, or torn at a sector;
names that were changed and not synced come in their order up to a moment of chance.
"""

import random
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
CALLS = "pwrite64,write,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,openat,lseek"
OPTIONS = ("-xx", "-s", "200000", "-e", f"trace={CALLS}")

_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_PATH = re.compile(r"^\d+<([^>]*)>")
_TEXT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Op:
    """One call: write, sync, truncate, make, rename or unlink. at: offset or size."""

    kind: str
    path: str
    at: int = 0
    data: bytes = b""
    to: str = ""


def _plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def read_log(log: Path) -> list[Op]:
    """The calls of a log in order; those that failed are left out."""
    ops: list[Op] = []
    reached: dict[str, int] = {}
    for line in log.read_text("ascii").splitlines():
        found = _LINE.match(line)
        if found is not None and int(found[3]) >= 0:
            ops += _ops(found[1], found[2], int(found[3]), reached)
    return ops


def _ops(call: str, arguments: str, result: int, reached: dict[str, int]) -> list[Op]:
    """What a call did. reached: how far each file is written, for the calls that do not say where."""
    texts = [_plain(text) for text in _TEXT.findall(arguments)]
    handle = _PATH.match(arguments)
    path = _plain(handle[1]).decode() if handle is not None and "\\x" in handle[1] else ""
    if call == "openat":
        made = [Op("make", texts[0].decode())] if "O_CREAT" in arguments else []
        if "O_TRUNC" in arguments:
            reached[texts[0].decode()] = 0
            made.append(Op("truncate", texts[0].decode()))
        return made
    if call == "lseek":
        reached[path] = result
        return []
    if call.startswith("rename"):
        return [Op("rename", texts[0].decode(), to=texts[1].decode())]
    if call.startswith("unlink"):
        return [Op("unlink", texts[0].decode())]
    if call in ("fsync", "fdatasync"):
        return [Op("sync", path)]
    if call == "ftruncate":
        return [Op("truncate", path, int(arguments.rsplit(",", 1)[1]))]
    at = int(arguments.rsplit(",", 1)[1]) if call == "pwrite64" else reached.get(path, 0)
    reached[path] = at + len(texts[0])
    return [Op("write", path, at, texts[0])]


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Op] = field(default_factory=list)


def _apply(content: bytearray, op: Op, data: bytes) -> None:
    if op.kind == "truncate":
        del content[op.at :]
        content.extend(bytes(max(0, op.at - len(content))))
        return
    content.extend(bytes(max(0, op.at + len(data) - len(content))))
    content[op.at : op.at + len(data)] = data


class Disk:
    """A folder on a disk without a battery. Takes calls in order; left_over() is what a power cut now may leave."""

    def __init__(self, folder: Path) -> None:
        """folder: as it is when the log begins; all of that is durable."""
        self._root = str(folder)
        self._names = {str(path): _File(bytearray(path.read_bytes())) for path in folder.rglob("*") if path.is_file()}
        self._durable = dict(self._names)
        self._unsynced: list[tuple[str, str, _File | None]] = []  # name, its folder, what it names from then on

    def take(self, op: Op) -> None:
        """One call of the log; those outside the folder do not count."""
        if not op.path.startswith(self._root):
            return
        if op.kind == "make":
            if op.path not in self._names:
                self._name(op.path, _File())
        elif op.kind == "rename":
            file = self._names[op.path]
            self._name(op.to, file)
            self._name(op.path, None)
        elif op.kind == "unlink":
            self._name(op.path, None)
        elif op.kind == "sync":
            self._sync(op.path)
        elif op.path in self._names:
            self._names[op.path].pending.append(op)

    def _name(self, name: str, file: _File | None) -> None:
        self._unsynced.append((name, str(Path(name).parent), file))
        if file is None:
            self._names.pop(name, None)
        else:
            self._names[name] = file

    def _sync(self, path: str) -> None:
        file = self._names.get(path)
        if file is None:  # a folder
            for change in [change for change in self._unsynced if change[1] == path]:
                self._settle(change)
            return
        for op in file.pending:
            _apply(file.durable, op, op.data)
        file.pending = []
        for change in [change for change in self._unsynced if change[2] is file and change[0] == path]:
            self._settle(change)

    def _settle(self, change: tuple[str, str, _File | None]) -> None:
        self._unsynced.remove(change)
        name, _, file = change
        if file is None:
            self._durable.pop(name, None)
        else:
            self._durable[name] = file

    def left_over(self, chance: random.Random) -> dict[str, bytes]:
        """Files by name below the folder, as one power cut may leave them."""
        names = dict(self._durable)
        for name, _, file in self._unsynced[: chance.randint(0, len(self._unsynced))]:
            if file is None:
                names.pop(name, None)
            else:
                names[name] = file
        keep = chance.choice((0.0, 0.5, 0.9, 1.0))
        return {name[len(self._root) + 1 :]: self._content(file, chance, keep) for name, file in names.items()}

    def _content(self, file: _File, chance: random.Random, keep: float) -> bytes:
        content = bytearray(file.durable)
        for op in file.pending:
            if chance.random() < keep:
                _apply(content, op, op.data)
            elif op.kind == "write" and chance.random() < 0.3:
                _apply(content, op, op.data[: SECTOR * chance.randint(0, len(op.data) // SECTOR)])
        return bytes(content)


def power_cuts(
    folder: Path, ops: list[Op], notes: str, count: int, chance: random.Random
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """So many power cuts at moments of chance, half of them right after a word was said.

    notes: the file in which each line is one acknowledgement. Yields how many were said before the cut, and what is
    left.
    """
    said_at = [place + 1 for place, op in enumerate(ops) if op.kind == "write" and op.path == notes]
    cuts = sorted(
        chance.choice(said_at) if chance.random() < 0.5 else chance.randint(1, len(ops)) for _ in range(count)
    )
    disk = Disk(folder)
    done = 0
    for cut in cuts:
        for op in ops[done:cut]:
            disk.take(op)
        done = cut
        yield bisect_left(said_at, cut + 1), disk.left_over(chance)
