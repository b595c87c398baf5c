"""The sixteen views of a body: direction, crop, pose, names; and which triangles each one shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from body_atlas.arrays import F64, I64, Bool
from body_atlas.body import SKIN, Body
from body_atlas.raster import rasterise

LONG_SIDE_PX = (1000, 3400)
_SIDE_STEP_PX = 5  # 5 px of the fitted level are 17 px of the detail level
_FRONT = np.eye(3)
_BACK = np.diag([-1.0, 1.0, -1.0])
_LEFT = np.array([[0.0, 0, -1], [0, 1, 0], [1, 0, 0]])
_RIGHT = np.array([[0.0, 0, 1], [0, 1, 0], [-1, 0, 0]])
_TOP = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])


@dataclass(frozen=True)
class View:
    """One view. `rotation` rows: right, up, toward the viewer. `box_mm` x0 y0 x1 y1 in the view plane (y up).

    `back_mm`: skin not nearer to the viewer than this depth is neither drawn nor clickable (the scalp from
    above leaves the shoulders out). `style` "body" or "head" chooses the shading scales.
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
            "body": "female",
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


def _names(en: str, fr: str, it: str, de: str, es: str) -> dict[str, str]:
    return {"en": en, "fr": fr, "it": it, "de": de, "es": es}


NAMES = {
    "body_front": _names("Body, front", "Corps, face", "Corpo, fronte", "Körper, vorn", "Cuerpo, frente"),
    "body_back": _names("Body, back", "Corps, dos", "Corpo, dorso", "Körper, hinten", "Cuerpo, espalda"),
    "body_left": _names(
        "Body, left side",
        "Corps, côté gauche",
        "Corpo, lato sinistro",
        "Körper, linke Seite",
        "Cuerpo, lado izquierdo",
    ),
    "body_right": _names(
        "Body, right side",
        "Corps, côté droit",
        "Corpo, lato destro",
        "Körper, rechte Seite",
        "Cuerpo, lado derecho",
    ),
    "head_front": _names("Face, front", "Visage, face", "Viso, fronte", "Gesicht, vorn", "Rostro, frente"),
    "head_profile_left": _names(
        "Face, left profile",
        "Visage, profil gauche",
        "Viso, profilo sinistro",
        "Gesicht, linkes Profil",
        "Rostro, perfil izquierdo",
    ),
    "head_profile_right": _names(
        "Face, right profile",
        "Visage, profil droit",
        "Viso, profilo destro",
        "Gesicht, rechtes Profil",
        "Rostro, perfil derecho",
    ),
    "head_three_quarter_left": _names(
        "Face, left three-quarter",
        "Visage, trois quarts gauche",
        "Viso, tre quarti sinistro",
        "Gesicht, Dreiviertel links",
        "Rostro, tres cuartos izquierdo",
    ),
    "head_three_quarter_right": _names(
        "Face, right three-quarter",
        "Visage, trois quarts droit",
        "Viso, tre quarti destro",
        "Gesicht, Dreiviertel rechts",
        "Rostro, tres cuartos derecho",
    ),
    "scalp_top": _names(
        "Scalp, top",
        "Cuir chevelu, dessus",
        "Cuoio capelluto, alto",
        "Kopfhaut, oben",
        "Cuero cabelludo, arriba",
    ),
    "scalp_back": _names(
        "Scalp, back",
        "Cuir chevelu, arrière",
        "Cuoio capelluto, retro",
        "Kopfhaut, hinten",
        "Cuero cabelludo, detrás",
    ),
    "neck_decollete": _names(
        "Neck and décolleté", "Cou et décolleté", "Collo e décolleté", "Hals und Dekolleté", "Cuello y escote"
    ),
    "trunk_front": _names("Trunk, front", "Tronc, face", "Tronco, fronte", "Rumpf, vorn", "Tronco, frente"),
    "trunk_back": _names("Trunk, back", "Tronc, dos", "Tronco, dorso", "Rumpf, hinten", "Tronco, espalda"),
    "trunk_left": _names(
        "Trunk, left side",
        "Tronc, côté gauche",
        "Tronco, lato sinistro",
        "Rumpf, linke Seite",
        "Tronco, lado izquierdo",
    ),
    "trunk_right": _names(
        "Trunk, right side",
        "Tronc, côté droit",
        "Tronco, lato destro",
        "Rumpf, rechte Seite",
        "Tronco, lado derecho",
    ),
}

MIRRORED = {
    "body_right": "body_left",
    "head_profile_right": "head_profile_left",
    "head_three_quarter_right": "head_three_quarter_left",
    "trunk_right": "trunk_left",
}
"""Views drawn as the mirror image of another one; the body is exactly symmetric."""


def turned(azimuth_deg: float) -> F64:
    """Rotation for a viewer who walks from the front toward the patient's left by `azimuth_deg`."""
    a = np.deg2rad(azimuth_deg)
    return np.array([[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]])


def _extent(body: Body, pose: int, rotation: F64, chosen: Bool, pad: float) -> tuple[float, float, float, float]:
    flat = body.vert_xyz[pose, chosen] @ rotation[:2].T
    low, high = flat.min(0) - pad, flat.max(0) + pad
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _skin_vertices(body: Body) -> Bool:
    on = np.zeros(body.vert_xyz.shape[1], bool)
    on[body.tri[body.tri_kind == SKIN].ravel()] = True
    return on


def _body_views(body: Body) -> list[View]:
    skin = _skin_vertices(body)
    rows = (
        ("body_front", 0, _FRONT, ("R", "L")),
        ("body_back", 0, _BACK, ("L", "R")),
        ("body_left", 1, _LEFT, ("", "")),
        ("body_right", 1, _RIGHT, ("", "")),
    )
    return [
        View(k, "body", pose, rot, _extent(body, pose, rot, skin, 22.0), letters, NAMES[k])
        for k, pose, rot, letters in rows
    ]


def _head_views(body: Body) -> list[View]:
    top = float(body.vert_xyz[0, :, 1].max())
    head = _skin_vertices(body) & (body.vert_xyz[0, :, 1] > top - 240)
    y0, y1 = top - 292, top + 14
    rows = (
        ("head_front", _FRONT, ("R", "L"), 24.0),
        ("head_profile_left", _LEFT, ("", ""), 24.0),
        ("head_profile_right", _RIGHT, ("", ""), 24.0),
        ("head_three_quarter_left", turned(45), ("R", "L"), 24.0),
        ("head_three_quarter_right", turned(-45), ("R", "L"), 24.0),
        ("scalp_back", _BACK, ("L", "R"), 24.0),
    )
    out = []
    for key, rotation, letters, pad in rows:
        x0, _, x1, _ = _extent(body, 0, rotation, head, pad)
        out.append(View(key, "head", 0, rotation, (x0, y0, x1, y1), letters, NAMES[key], "head"))
    floor = float(body.eye_centre("L")[1]) - 95
    above = head & (body.vert_xyz[0, :, 1] > floor)
    box = _extent(body, 0, _TOP, above, 12.0)
    out.append(View("scalp_top", "head", 0, _TOP, box, ("R", "L"), NAMES["scalp_top"], "head", floor))
    return out


def _trunk_views(body: Body) -> list[View]:
    neck = float(body.joint("neck01")[1])
    knee = float(body.joint("lowerleg01.L")[1])
    y0, y1 = knee - 85, neck + 38
    left_z = _extent(body, 1, _LEFT, _skin_vertices(body) & (body.vert_xyz[1, :, 1] < neck), 0.0)
    side = (-250.0, y0, left_z[2] + 30, y1)
    out = [
        View("trunk_front", "trunk", 0, _FRONT, (-285.0, y0, 285.0, y1), ("R", "L"), NAMES["trunk_front"]),
        View("trunk_back", "trunk", 0, _BACK, (-285.0, y0, 285.0, y1), ("L", "R"), NAMES["trunk_back"]),
        View("trunk_left", "trunk", 1, _LEFT, side, ("", ""), NAMES["trunk_left"]),
        View("trunk_right", "trunk", 1, _RIGHT, (-side[2], y0, -side[0], y1), ("", ""), NAMES["trunk_right"]),
    ]
    lips = body.vert_xyz[0, body.mask["lips"] > 0.5, 1]
    breast = body.vert_xyz[0, body.weight("breast") > 0.5, 1]
    box = (-225.0, float(breast.min()) - 45, 225.0, float(lips.max()) + 6)
    out.append(View("neck_decollete", "trunk", 0, _FRONT, box, ("R", "L"), NAMES["neck_decollete"]))
    return out


def _whole_pixels(view: View) -> View:
    """The view with its crop widened a little so that both picture levels have whole sides at one exact
    scale.
    """
    x0, y0, x1, y1 = view.box_mm
    width, height = view.size_mm
    step = _SIDE_STEP_PX * max(width, height) / LONG_SIDE_PX[0]
    more_x = (np.ceil(width / step - 1e-9) * step - width) / 2
    more_y = (np.ceil(height / step - 1e-9) * step - height) / 2
    return replace(view, box_mm=(float(x0 - more_x), float(y0 - more_y), float(x1 + more_x), float(y1 + more_y)))


def all_views(body: Body) -> list[View]:
    """The sixteen views in their shipped order."""
    made = {v.key: _whole_pixels(v) for v in _body_views(body) + _head_views(body) + _trunk_views(body)}
    return [made[k] for k in NAMES]


def visible_triangles(body: Body, view: View, px_per_mm: float = 2.0) -> Bool:
    """(T) level-1 triangles at least half of which is front-facing and not hidden in a view, cropped
    parts included.

    A z-buffer counts the pixels each triangle wins against its projected area; triangles smaller than a
    few pixels count as seen when their centroid is within 1 mm of the surface seen there.
    """
    xyz = body.vert_xyz[view.pose]
    drawn = view.drawn(xyz, body.tri)
    flat, depth = view.plane(xyz)
    low = flat.min(0) - 2
    width, height = (np.ceil((flat.max(0) - low + 2) * px_per_mm)).astype(int)
    pixel = np.stack([(flat[:, 0] - low[0]) * px_per_mm, height - (flat[:, 1] - low[1]) * px_per_mm], 1)
    ids = np.flatnonzero(drawn)
    buffer = rasterise(pixel, depth, body.tri[ids], int(width), int(height))
    won = np.bincount(buffer.hit, minlength=len(ids))
    a, b, c = (flat[body.tri[ids, k]] for k in range(3))
    ab, ac = b - a, c - a
    area = (ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]) / 2 * px_per_mm**2
    centre = pixel[body.tri[ids]].mean(1).astype(int)
    nearest = buffer.depth[centre[:, 1].clip(0, height - 1), centre[:, 0].clip(0, width - 1)]
    by_centre = nearest <= depth[body.tri[ids]].mean(1) + 1.0
    seen = np.where(area > 12, won >= 0.5 * area, by_centre) & (area > 0)
    out = np.zeros(len(body.tri), bool)
    out[ids] = seen
    return out
