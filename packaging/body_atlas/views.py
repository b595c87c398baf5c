"""The views of a body: direction, crop, pose; and which triangles each one shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from body_atlas.arrays import Bool
from body_atlas.body import Body
from body_atlas.raster import rasterise
from body_atlas.view import View, extent, skin_vertices, turned
from body_atlas.view_limbs import limb_views
from body_atlas.view_names import NAMES

LONG_SIDE_PX = (1000, 3400)
_SHOULDER_MM, _SHOULDER_PAD_MM = 30.0, 8.0
_SIDE_STEP_PX = 5  # 5 px of the fitted level are 17 px of the detail level
_FRONT = np.eye(3)
_BACK = np.diag([-1.0, 1.0, -1.0])
_LEFT = np.array([[0.0, 0, -1], [0, 1, 0], [1, 0, 0]])
_RIGHT = np.array([[0.0, 0, 1], [0, 1, 0], [-1, 0, 0]])
_TOP = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])


def _body_views(body: Body) -> list[View]:
    skin = skin_vertices(body)
    rows = (
        ("body_front", 0, _FRONT, ("R", "L")),
        ("body_back", 0, _BACK, ("L", "R")),
        ("body_left", 1, _LEFT, ("", "")),
        ("body_right", 1, _RIGHT, ("", "")),
    )
    return [
        View(k, "body", pose, rot, extent(body, pose, rot, skin, 22.0), letters, NAMES[k])
        for k, pose, rot, letters in rows
    ]


def _head_views(body: Body) -> list[View]:
    top = float(body.vert_xyz[0, :, 1].max())
    head = skin_vertices(body) & (body.vert_xyz[0, :, 1] > top - 240)
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
        x0, _, x1, _ = extent(body, 0, rotation, head, pad)
        out.append(View(key, "head", 0, rotation, (x0, y0, x1, y1), letters, NAMES[key], "head"))
    floor = float(body.eye_centre("L")[1]) - 95
    above = head & (body.vert_xyz[0, :, 1] > floor)
    box = extent(body, 0, _TOP, above, 12.0)
    out.append(View("scalp_top", "head", 0, _TOP, box, ("R", "L"), NAMES["scalp_top"], "head", floor))
    return out


def _trunk_views(body: Body) -> list[View]:
    neck = float(body.joint("neck01")[1])
    knee = float(body.joint("lowerleg01.L")[1])
    y0, y1 = knee - 85, neck + 38
    left_z = extent(body, 1, _LEFT, skin_vertices(body) & (body.vert_xyz[1, :, 1] < neck), 0.0)
    side = (-250.0, y0, left_z[2] + 30, y1)
    out = [
        View("trunk_front", "trunk", 0, _FRONT, (-285.0, y0, 285.0, y1), ("R", "L"), NAMES["trunk_front"]),
        View("trunk_back", "trunk", 0, _BACK, (-285.0, y0, 285.0, y1), ("L", "R"), NAMES["trunk_back"]),
        View("trunk_left", "trunk", 1, _LEFT, side, ("", ""), NAMES["trunk_left"]),
        View("trunk_right", "trunk", 1, _RIGHT, (-side[2], y0, -side[0], y1), ("", ""), NAMES["trunk_right"]),
    ]
    lips = body.vert_xyz[0, body.mask["lips"] > 0.5, 1]
    breast = body.vert_xyz[0, body.weight("breast") > 0.5, 1]
    # Down to a little below the joint of the shoulder the whole width shows, also of broad bodies.
    shoulders = skin_vertices(body) & (body.vert_xyz[0, :, 1] > body.joint("upperarm01.L")[1] - _SHOULDER_MM)
    half = max(225.0, extent(body, 0, _FRONT, shoulders, _SHOULDER_PAD_MM)[2])
    box = (-half, float(breast.min()) - 45, half, float(lips.max()) + 6)
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
    """Every view in the shipped order."""
    made = {v.key: _whole_pixels(v) for v in _body_views(body) + _head_views(body) + _trunk_views(body)}
    if body.joints_mm[0]:
        made |= {v.key: _whole_pixels(v) for v in limb_views(body)}
    return [replace(made[k], body=body.key) for k in NAMES if k in made]


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
