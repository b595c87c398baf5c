"""Creases of fingers and toes, and the rims of the nails: lines found from the mesh, alike on every body."""

from __future__ import annotations

import numpy as np

from body_atlas.arrays import F64, I64
from body_atlas.body import SKIN, Body
from body_atlas.contours import runs
from body_atlas.face_lines import fine_field
from body_atlas.features import Placed, Stroke
from body_atlas.skincurves import SkinCurve, isolines

_FINGERS = {1: ("finger1-2", "finger1-3"), **{n: (f"finger{n}-1", f"finger{n}-2", f"finger{n}-3") for n in range(2, 6)}}
_TOES = {1: ("toe1-1", "toe1-2"), **{n: (f"toe{n}-1", f"toe{n}-2", f"toe{n}-3") for n in range(2, 6)}}
_DOWN = np.array([0.0, -1.0, 0.0])
_WEB_SHARE = {"finger": 0.52, "toe": 0.45}
_KNUCKLE_MM = (-1.9, 0.0, 1.8)


def _stroke(name: str, strength: float, weight: float, taper: float) -> Stroke:
    return Stroke("limb", "", name, np.zeros((0, 2)), strength, weight, taper)


_PALMAR = _stroke("finger crease", 0.42, 0.62, 0.25)
_KNUCKLE = _stroke("knuckle", 0.26, 0.55, 0.45)
_TOE_BASE = _stroke("toe crease", 0.34, 0.62, 0.35)
_NAIL = Stroke("", "", "nail", np.zeros((0, 2)), 0.45, 0.4, 0.0)


def _loops(body: Body, tri: I64, own: F64, place: F64, axis: F64) -> list[SkinCurve]:
    """Closed curves where the plane through `place` square to `axis` cuts the skin that `own` (N) > 0.4 marks."""
    field = (body.fine.xyz[0] - place) @ axis
    near = (own[tri].min(1) > 0.25) & (np.abs(field[tri]).min(1) < 6.0)
    return [c for c in isolines(tri[near], field) if len(c.vertex) > 8]


def _facing(body: Body, curve: SkinCurve, toward: F64, least: float) -> list[SkinCurve]:
    """The stretches of a loop whose skin faces `toward`, in one piece each."""
    ahead = curve.at(body.fine.normal[0]) @ toward
    start = int(np.argmin(ahead))
    order = np.roll(np.arange(len(ahead) - 1), -start)
    turned = SkinCurve(curve.vertex[order], curve.weight[order])
    return [turned.part(a, b) for a, b in runs(ahead[order] > least, 2, 5)]


def digit_creases(body: Body) -> list[Placed]:
    """Flexion creases of fingers and thumb, wrinkles over the knuckles and creases under the toes, both sides."""
    skin = body.fine.tri[body.fine.tri_kind == SKIN]
    out: list[Placed] = []
    for side in ("L", "R"):
        wrist, middle = body.joint(f"wrist.{side}"), body.joint(f"finger3-1.{side}")
        palm = np.cross(body.joint(f"finger5-1.{side}") - body.joint(f"finger2-1.{side}"), wrist - middle)
        palm = palm / np.linalg.norm(palm) * (1.0 if palm[2] > 0 else -1.0)
        for digit, bones in _FINGERS.items():
            out += _creases(body, skin, f"finger{digit}", [f"{b}.{side}" for b in bones], palm, "finger")
        for digit, bones in _TOES.items():
            out += _creases(body, skin, f"toe{digit}", [f"{b}.{side}" for b in bones], _DOWN, "toe")
    return out


def _creases(body: Body, skin: I64, bone: str, joints: list[str], inner: F64, kind: str) -> list[Placed]:
    """Lines of one digit; `inner` points away from its palmar side."""
    own = fine_field(body, body.weight(bone))
    left = joints[0].endswith(".L")
    own = np.where((body.fine.xyz[0][:, 0] > 0) == left, own, 0.0)
    heads = [body.joint(j) for j in joints]
    out: list[Placed] = []
    for i, head in enumerate(heads):
        axis = heads[i + 1] - head if i + 1 < len(heads) else head - heads[i - 1]
        length = float(np.linalg.norm(axis))
        axis = axis / length
        base = i == 0 and not bone.endswith("1")
        if kind == "toe" and i:
            continue
        toward = inner - (inner @ axis) * axis
        toward = toward / np.linalg.norm(toward)
        place = head + axis * length * _WEB_SHARE[kind] if base or kind == "toe" else head
        for loop in _loops(body, skin, own, place, axis):
            style = _TOE_BASE if kind == "toe" else _PALMAR
            out += [Placed(c, style) for c in _facing(body, loop, toward, 0.1)]
        if kind == "finger" and not base:
            for shift in _KNUCKLE_MM:
                for loop in _loops(body, skin, own, head + axis * shift, axis):
                    out += [Placed(c, _KNUCKLE) for c in _facing(body, loop, -toward, 0.62)]
    return out


def nail_rims(body: Body) -> list[Placed]:
    """The rims of finger and toe nails."""
    skin = body.fine.tri[body.fine.tri_kind == SKIN]
    out: list[Placed] = []
    for mask in ("fingernails", "toenails"):
        field = fine_field(body, body.mask[mask] - 0.5)
        out += [Placed(c, _NAIL) for c in isolines(skin, field) if len(c.vertex) > 8]
    return out
