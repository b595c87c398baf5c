"""One view of a body: its direction, crop and pose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from body_atlas.arrays import F64, I64, Bool
from body_atlas.body import SKIN, Body


@dataclass(frozen=True)
class View:
    """One view. `rotation` rows: right, up, toward the viewer. `box_mm` x0 y0 x1 y1 in the view plane (y up).

    `back_mm`: skin not nearer to the viewer than this depth is neither drawn nor clickable (the scalp from
    above leaves the shoulders out). `style` "body", "limb" or "head" chooses the shading scales.
    """

    key: str
    group: str
    pose: int
    rotation: F64
    box_mm: tuple[float, float, float, float]
    letters: tuple[str, str]
    names: dict[str, str]
    style: str = "body"
    back_mm: float | None = None
    body: str = "female"

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the crop."""
        x0, y0, x1, y1 = self.box_mm
        return x1 - x0, y1 - y0

    def scale(self, long_side_px: int) -> tuple[float, int, int]:
        """px per mm, width and height in whole pixels for a picture whose longer side has about that
        many pixels.
        """
        width, height = self.size_mm
        s = long_side_px / max(width, height)
        return s, round(width * s), round(height * s)

    def drawn(self, xyz: F64, tri: I64) -> Bool:
        """(T) triangles that belong to this view at all."""
        if self.back_mm is None:
            return np.ones(len(tri), bool)
        return np.asarray((xyz @ self.rotation[2])[tri].min(1) > self.back_mm)

    def plane(self, xyz: F64) -> tuple[F64, F64]:
        """View-plane coordinates (N,2) mm and depth (N) mm, larger = nearer."""
        seen = xyz @ self.rotation.T
        return seen[:, :2], seen[:, 2]

    def pixels(self, xyz: F64, scale: float) -> tuple[F64, F64]:
        """Pixel positions (N,2), y down, and depth (N) mm."""
        flat, depth = self.plane(xyz)
        return np.stack([(flat[:, 0] - self.box_mm[0]) * scale, (self.box_mm[3] - flat[:, 1]) * scale], 1), depth

    def row(self, levels: list[dict[str, Any]]) -> dict[str, Any]:
        """The entry of views.json."""
        back = {} if self.back_mm is None else {"back_mm": round(self.back_mm, 3)}
        return {
            "key": self.key,
            "body": self.body,
            "group": self.group,
            "names": self.names,
            "pose": self.pose,
            "rotation": [[float(f"{v:.9f}") for v in r] for r in self.rotation + 0.0],
            "box_mm": [round(v, 3) for v in self.box_mm],
            **back,
            "left_letter": self.letters[0],
            "right_letter": self.letters[1],
            "levels": levels,
            "lines": f"views/{self.key}/lines.npz",
        }


def turned(azimuth_deg: float) -> F64:
    """Rotation for a viewer who walks from the front toward the patient's left by `azimuth_deg`."""
    a = np.deg2rad(azimuth_deg)
    return np.array([[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]])


def extent(body: Body, pose: int, rotation: F64, chosen: Bool, pad: float) -> tuple[float, float, float, float]:
    """x0 y0 x1 y1 (mm) of the chosen vertices seen from a direction, `pad` wider on every side."""
    flat = body.vert_xyz[pose, chosen] @ rotation[:2].T
    low, high = flat.min(0) - pad, flat.max(0) + pad
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def skin_vertices(body: Body) -> Bool:
    """(V) vertices of the outer skin."""
    on = np.zeros(body.vert_xyz.shape[1], bool)
    on[body.tri[body.tri_kind == SKIN].ravel()] = True
    return on
