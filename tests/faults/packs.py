"""Row 20: a malicious body atlas: names outside the folder, links, bombs, NaN, huge counts, wrong hashes.

MesoMap unpacks nothing: an atlas is a folder that is read. So nothing may be written at all, and memory must not run
out.
"""

import hashlib
import io
import json
import os
import resource
import shutil
import zipfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from mesomap.atlas import open_atlas
from mesomap.domain.errors import MesoMapError
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.processes import Child
from tests.synthetic_atlas import write_synthetic_atlas

_MEMORY = 3 << 30
_GEOMETRY = Path("female") / "geometry.npz"


def read_pack(talk: Connection, folder: str) -> None:
    """Open an atlas in little memory; says the sentence, "opened", or what broke."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        atlas = open_atlas(Path(folder), verify=True)
        values = [atlas.geometry.positions, atlas.geometry.ring_bary]
        talk.send("opened" if all(np.isfinite(value).all() for value in values) else "opened with NaN")
    except MesoMapError as error:
        talk.send(error.sentence)
    except BaseException as error:
        talk.send(f"broke: {type(error).__name__}: {error}"[:200])


def run(ground: Ground) -> Tally:
    """Each attack with honest hashes (its maker can count), and each without."""
    tally = Tally()
    pack = ground.place("pack")
    write_synthetic_atlas(pack)
    outside = ground.place("outside")
    outside.mkdir()
    (outside / "secret").write_text("x")
    for number in range(ground.rounds(len(_ATTACKS), 165)):
        tally.rounds += 1
        attack = _ATTACKS[number % len(_ATTACKS)]
        bad = ground.place("bad")
        shutil.copytree(pack, bad)
        attack(ground, bad)
        if attack is not _wrong_hash:
            _count_again(bad)
        before = _seen(ground.folder)
        child = Child(read_pack, str(bad))
        said = child.rest()
        child.end()
        refused = bool(said) and not said[0].startswith(("opened", "broke"))
        tally.found(refused and _seen(ground.folder) == before, f"{attack.__name__}: {said}")
    alone = ground.place("nan.npz")
    np.savez(alone, ring_bary=np.array([np.nan, 0.3]))
    with np.load(alone) as archive:
        tally.control_failed = bool(np.isnan(archive["ring_bary"]).any())
    tally.control = f"numpy alone reads NaN without a word: {tally.control_failed}"
    return tally


def _seen(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*")}


def _count_again(folder: Path) -> None:
    """Sizes and hashes as a maker of packs would write them."""
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return
    page = json.loads(manifest.read_text())
    for name, row in page["files"].items():
        path = folder / name
        if ".." not in name and not Path(name).is_absolute() and path.is_file():
            row["bytes"] = path.stat().st_size
            row["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(page))


def _arrays(folder: Path) -> dict[str, Any]:
    with np.load(folder / _GEOMETRY) as archive:
        return {name: archive[name] for name in archive.files}


def _put(folder: Path, arrays: dict[str, Any]) -> None:
    np.savez_compressed(folder / _GEOMETRY, **arrays)


def _wrong_hash(ground: Ground, folder: Path) -> None:
    path = folder / _GEOMETRY
    data = bytearray(path.read_bytes())
    data[ground.chance.randrange(len(data))] ^= 1
    path.write_bytes(data)


def _name_outside(ground: Ground, folder: Path) -> None:
    page = json.loads((folder / "manifest.json").read_text())
    name = ground.chance.choice(("../outside/secret", "/etc/passwd", "female/../../outside/secret"))
    page["files"][name] = {"sha256": "0" * 64, "bytes": 1}
    (folder / "manifest.json").write_text(json.dumps(page))


def _not_a_number(ground: Ground, folder: Path) -> None:
    arrays = _arrays(folder)
    bary = arrays["ring_bary"].astype(float).copy()
    bary.flat[ground.chance.randrange(bary.size)] = ground.chance.choice((np.nan, np.inf, -np.inf))
    _put(folder, arrays | {"ring_bary": bary})


def _points_outside(ground: Ground, folder: Path) -> None:
    arrays = _arrays(folder)
    name = ground.chance.choice(("tri", "mirror_tri", "border_tri", "ring_tri"))
    array = arrays[name].astype(np.int64).copy()
    array.flat[ground.chance.randrange(array.size)] = ground.chance.choice((2**40, 10**6))
    _put(folder, arrays | {name: array})


def _huge_count(_ground: Ground, folder: Path) -> None:
    """A list that says it has a billion billion rows."""
    path = folder / _GEOMETRY
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<i4", "fortran_order": False, "shape": (10**12, 3)})
    parts["tri.npy"] = header.getvalue() + bytes(100)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _bomb(_ground: Ground, folder: Path) -> None:
    """A small file that unpacks to hundreds of megabytes."""
    path = folder / _GEOMETRY
    packed = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "a", packed) as archive, archive.open("bomb.npy", "w", force_zip64=True) as out:
        np.lib.format.write_array_header_1_0(out, {"descr": "|u1", "fortran_order": False, "shape": (18 << 24,)})
        zeros = bytes(1 << 24)
        for _ in range(18):
            out.write(zeros)


def _objects(_ground: Ground, folder: Path) -> None:
    """Pickled objects, which would run when they are read."""
    np.savez(folder / _GEOMETRY, **(_arrays(folder) | {"tri": np.array([{"run": "me"}], dtype=object)}))


def _zip_slip(_ground: Ground, folder: Path) -> None:
    """A part whose name climbs out, and one of the lists left out."""
    arrays = _arrays(folder)
    arrays.pop("tri")
    _put(folder, arrays)
    with zipfile.ZipFile(folder / _GEOMETRY, "a") as archive:
        archive.writestr("../../slipped.npy", b"x")


def _link(_ground: Ground, folder: Path) -> None:
    path = folder / "female" / "regions.json"
    path.unlink()
    path.symlink_to(folder.parent / "outside" / "secret")


def _deep(_ground: Ground, folder: Path) -> None:
    (folder / "female" / "views.json").write_text("[" * 200_000)


def _fifo(_ground: Ground, folder: Path) -> None:
    """A file that never ends and never begins."""
    path = folder / "female" / "regions.json"
    path.unlink()
    os.mkfifo(path)


_ATTACKS: tuple[Callable[[Ground, Path], None], ...] = (
    _wrong_hash, _name_outside, _not_a_number, _points_outside, _huge_count, _objects, _zip_slip, _link, _deep, _fifo,
    _bomb,
)  # fmt: skip

ROW = Row(20, "malicious atlas: names outside, links, bombs, NaN, huge counts, wrong hash", run)
