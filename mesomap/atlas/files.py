"""Where the body atlas lies, and its JSON pages: manifest, regions, views. Every file is checked first."""

import hashlib
import json
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mesomap.atlas.records import LANGUAGES, ChartAccuracy, Region, View, ViewLevel
from mesomap.domain.errors import DamagedError, NewerVersionError, NotFoundError

FORMAT = "mesomap.body_atlas"
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """manifest.json: id and version of the atlas, its bodies, licence, every file with hash and size, and for each
    body the atlas versions that have the same skin."""

    id: str
    version: str
    bodies: tuple[str, ...]
    licence: str
    files: dict[str, tuple[str, int]]
    skin_versions: dict[str, tuple[str, ...]]

    def versions_of(self, body: str) -> frozenset[str]:
        """Atlas versions whose skin of the body is this very one: their records are drawn here unchanged."""
        return frozenset((self.version, *self.skin_versions.get(body, ())))


def atlas_folder() -> Path:
    """Folder of the shipped atlas: beside the package in a checkout, else installed data.

    Raises NotFoundError when neither holds one.
    """
    package = Path(__file__).resolve().parents[1]
    places = [
        package.parent / "assets" / "body_atlas",
        package / "assets" / "body_atlas",
        Path(sysconfig.get_path("data")) / "share" / "mesomap" / "body_atlas",
    ]
    for place in places:
        if (place / "manifest.json").is_file():
            return place
    raise NotFoundError("The body atlas is not installed. Install MesoMap again.")


def read_manifest(folder: Path) -> Manifest:
    """Read manifest.json and check that every file it names is there in its size.

    Raises NotFoundError, DamagedError or NewerVersionError with a plain sentence naming the file.
    """
    manifest = _manifest_page(folder)
    faults = _size_faults(folder, manifest)
    if faults:
        raise DamagedError(faults[0])
    return manifest


def _manifest_page(folder: Path) -> Manifest:
    if not folder.is_dir():
        raise NotFoundError(f"There is no body atlas at {folder}.")
    file = folder / "manifest.json"
    if not file.is_file():
        raise NotFoundError(f"There is no body atlas at {folder}: the file manifest.json is missing.")
    page = read_page(file, dict)
    if page.get("format") != FORMAT:
        raise DamagedError(f"The file {file} does not belong to a body atlas of MesoMap.")
    version = page.get("format_version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise NewerVersionError(f"The body atlas at {folder} was made for a newer MesoMap. Update MesoMap.")
    try:
        if version != FORMAT_VERSION:
            raise ValueError("format_version")
        files = {str(name): (str(row["sha256"]), int(row["bytes"])) for name, row in page["files"].items()}
        skins = {str(body): tuple(map(str, row["versions"])) for body, row in page.get("skin", {}).items()}
        manifest = Manifest(
            str(page["id"]), str(page["version"]), tuple(map(str, page["bodies"])), str(page["licence"]), files, skins
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(file) from error
    return manifest


def _size_faults(folder: Path, manifest: Manifest) -> list[str]:
    """A sentence for each file that is missing or has another size. Raises DamagedError for one outside the atlas."""
    faults = []
    for name, (_, size) in manifest.files.items():
        part = Path(name)
        if part.is_absolute() or ".." in part.parts:
            raise DamagedError("The file manifest.json of the body atlas names a file outside the atlas.")
        try:
            found = (folder / part).stat().st_size
        except OSError:
            faults.append(f"The body atlas is incomplete: the file {name} is missing. Install MesoMap again.")
            continue
        if found != size:
            faults.append(
                f"The body atlas file {name} is damaged: it has {found} bytes instead of {size}. "
                "Install MesoMap again to restore it."
            )
    return faults


def verify_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file with its SHA-256. Raises DamagedError naming the first that differs."""
    faults = _hash_faults(folder, manifest)
    if faults:
        raise DamagedError(faults[0])


def _hash_faults(folder: Path, manifest: Manifest) -> list[str]:
    return [
        f"The body atlas file {name} is damaged: its contents have changed. Install MesoMap again to restore it."
        for name, (digest, size) in sorted(manifest.files.items())
        if (folder / name).is_file()
        and (folder / name).stat().st_size == size
        and hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]


def atlas_faults(folder: Path) -> list[str]:
    """Everything that is wrong with the files of all bodies, a sentence each; nothing when the atlas is whole.

    Raises NotFoundError, DamagedError or NewerVersionError when the manifest itself cannot be read.
    """
    manifest = _manifest_page(folder)
    return _size_faults(folder, manifest) + _hash_faults(folder, manifest)


def read_page(file: Path, kind: type[Any]) -> Any:
    """A JSON page whose outermost value must be of the kind. Raises DamagedError."""
    try:
        page = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(file) from error
    if not isinstance(page, kind):
        raise _damaged(file)
    return page


def read_regions(file: Path) -> tuple[Region, ...]:
    """Rows of regions.json. Raises DamagedError."""
    try:
        regions = tuple(_region(i, row) for i, row in enumerate(read_page(file, list)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(file) from error
    if not regions or len({r.id for r in regions}) != len(regions):
        raise _damaged(file)
    return regions


def _region(index: int, row: dict[str, Any]) -> Region:
    chart = row["chart"]
    area = float(row["area_cm2"])
    if not (area > 0 and np.isfinite(area)):
        raise ValueError("area_cm2")
    return Region(
        id=str(row["id"]),
        index=index,
        side=str(row["side"]),
        group=str(row["group"]),
        names={lang: str(row["names"][lang]) for lang in LANGUAGES},
        names_reviewed=bool(row["names_reviewed"]),
        area_cm2=area,
        fixed_scale=bool(row["fixed_scale"]),
        accuracy=ChartAccuracy(
            area_error_p50=float(chart["area_error_p50"]),
            area_error_p95=float(chart["area_error_p95"]),
            stretch_p5=float(chart["stretch_p5"]),
            stretch_p95=float(chart["stretch_p95"]),
            flips=int(chart["flips"]),
            margin_mm=float(chart["margin_mm"]),
        ),
    )


def read_views(file: Path, pose_count: int = 2) -> tuple[View, ...]:
    """Rows of views.json; file names become paths. Raises DamagedError."""
    try:
        views = tuple(_view(i, row, file.parent, pose_count) for i, row in enumerate(read_page(file, list)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(file) from error
    if not views or len({v.key for v in views}) != len(views):
        raise _damaged(file)
    return views


def _view(index: int, row: dict[str, Any], folder: Path, pose_count: int) -> View:
    rotation = np.array(row["rotation"], dtype=np.float64)
    x0, y0, x1, y1 = (float(v) for v in row["box_mm"])
    pose = int(row["pose"])
    upright = rotation.shape == (3, 3) and bool(np.allclose(rotation @ rotation.T, np.eye(3), atol=1e-4))
    if not (upright and x0 < x1 and y0 < y1 and 0 <= pose < pose_count):
        raise ValueError("rotation, box_mm or pose")
    return View(
        key=str(row["key"]),
        index=index,
        body=str(row["body"]),
        group=str(row["group"]),
        names={lang: str(row["names"][lang]) for lang in LANGUAGES},
        pose=pose,
        rotation=rotation,
        box_mm=(x0, y0, x1, y1),
        left_letter=str(row["left_letter"]),
        right_letter=str(row["right_letter"]),
        levels=tuple(
            ViewLevel(folder / level["file"], float(level["px_per_mm"]), int(level["width"]), int(level["height"]))
            for level in row["levels"]
        ),
        lines=folder / row["lines"],
        back_mm=float(row.get("back_mm", -np.inf)),
    )


def _damaged(file: Path) -> DamagedError:
    return DamagedError(
        f"The body atlas file {file.name} is damaged or foreign: it cannot be understood. "
        "Install MesoMap again to restore it."
    )
