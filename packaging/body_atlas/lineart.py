"""The vector lines of one view and their file (`lines.npz`, see docs/ATLAS_FORMAT.md)."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from body_atlas.arrays import F64

SILHOUETTE, CONTOUR, FEATURE, EYE, BROW, TINTED = range(6)
_UNIT_MM = 0.05


@dataclass(frozen=True)
class Line:
    """A polyline in the view plane: `xy` (n,2) mm (y up), `alpha` (n) 0–1, `width_mm` at natural scale.

    Kinds SILHOUETTE and TINTED are closed (the first point is not repeated)."""

    xy: F64
    kind: int
    width_mm: float
    alpha: F64

    def mirrored(self) -> Line:
        """The same line in the view of the other side (x turned round)."""
        return Line(self.xy * [-1.0, 1.0], self.kind, self.width_mm, self.alpha)


def plain(xy: F64, kind: int, width_mm: float, alpha: float = 1.0) -> Line:
    """A line of even strength."""
    return Line(xy, kind, width_mm, np.full(len(xy), alpha))


def write_lines(path: Path, lines: list[Line], box_mm: tuple[float, float, float, float]) -> None:
    """Writes lines.npz; the same lines always give the same bytes."""
    centre = np.array([(box_mm[0] + box_mm[2]) / 2, (box_mm[1] + box_mm[3]) / 2])
    xy = np.concatenate([line.xy for line in lines])
    steps = np.round((xy - centre) / _UNIT_MM)
    if np.abs(steps).max() > 32767:
        raise ValueError(f"A line of {path.parent.name} lies more than 1.6 m from the middle of its view.")
    alpha = np.concatenate([line.alpha for line in lines])
    write_npz(
        path,
        xy=steps.astype(np.int16),
        offset=np.cumsum([0] + [len(line.xy) for line in lines]).astype(np.int32),
        alpha=np.round(np.clip(alpha, 0, 1) * 255).astype(np.uint8),
        width=np.array([min(255, round(line.width_mm * 100)) for line in lines], np.uint8),
        kind=np.array([line.kind for line in lines], np.uint8),
    )


def write_npz(path: Path, **arrays: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> None:
    """A compressed npz with fixed times, so that equal arrays give equal bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            data = io.BytesIO()
            np.lib.format.write_array(data, np.ascontiguousarray(array), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data.getvalue())
