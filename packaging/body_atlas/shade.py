"""Light on the skin: soft key and fill light, occlusion, exaggerated curvature and shaded valleys.

All maps are float32 (H,W) pictures; lengths are given in mm and turned to pixels with `px` (px per mm).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter, zoom

from body_atlas.arrays import F32, F64, Bool
from body_atlas.body import Body
from body_atlas.view import View


@dataclass(frozen=True)
class Look:
    """Strengths that differ between the whole body and the head. Lengths in mm."""

    edge: float
    curvature: float
    scales: tuple[tuple[float, float], ...]
    valley_scales: tuple[tuple[float, float], ...]
    valley: float
    rim_mm: float


BODY_LOOK = Look(0.38, 0.8, ((2.0, 0.7), (5.0, 1.0), (11.0, 1.1)), ((1.04, 0.5), (2.25, 0.5)), 1.0, 4.3)
HEAD_LOOK = Look(0.24, 0.7, ((0.8, 0.7), (2.0, 0.9), (5.0, 0.7)), ((0.23, 0.5), (0.49, 0.5)), 1.0, 0.95)

LIMB_LOOK = Look(0.32, 0.75, ((1.1, 0.7), (2.8, 0.9), (7.0, 0.9)), ((0.5, 0.5), (1.1, 0.5)), 0.9, 1.8)
LOOKS = {"body": BODY_LOOK, "limb": LIMB_LOOK, "head": HEAD_LOOK}

_KEY = np.array([-0.38, 0.52, 0.76])
_KEY_TOP = np.array([-0.30, 0.35, 0.90])
_FILL = np.array([0.75, 0.05, 0.60])


def tear_trough(body: Body, view: View) -> F64:
    """(N fine) 1 under the eyes and beside the nose in side views, else 0.

    Seen from the side this skin turns away in a long narrow streak that reads as a stray line; it is
    drawn softer.
    """
    xyz = body.fine.xyz[view.pose]
    if abs(view.rotation[2, 0]) < 0.8:
        return np.zeros(len(xyz))
    eye = body.eye_centre("L", view.pose)
    across = np.abs(xyz[:, 0])
    drop = eye[1] - xyz[:, 1]
    before = xyz[:, 2] - eye[2]
    inside = np.minimum.reduce([across - 8, 48 - across, drop - 1, 52 - drop, before + 22])
    return np.asarray(np.clip(inside / 5, 0, 1))


def lit(normal: F32, open_sky: F32, look: Look, from_above: bool, quiet: F32) -> F32:
    """(n) luminance of pixels from their view-space normals (n,3) and openness (n); `quiet` (n) 1 lifts
    the shadows.
    """
    key = _KEY_TOP if from_above else _KEY
    facing = np.clip(normal[:, 2], 0, 1)
    facing = facing + quiet * np.clip(0.62 - facing, 0, 1)
    open_sky = open_sky + quiet * 0.6 * np.clip(0.85 - open_sky, 0, 1)
    main = np.clip(0.5 + 0.5 * normal @ (key / np.linalg.norm(key)).astype(np.float32), 0, 1) ** 1.6
    fill = np.clip(0.5 + 0.5 * normal @ (_FILL / np.linalg.norm(_FILL)).astype(np.float32), 0, 1) ** 2
    lum = (0.60 * main + 0.16 * fill + 0.30 * facing**0.8) * (0.40 + 0.60 * np.clip(open_sky, 0, 1) ** 1.15)
    return np.asarray(lum * (1 - look.edge * (1 - facing) ** 3), np.float32)


def soft_top(lum: F32) -> F32:
    """Rolls the brightest values off instead of cutting them."""
    over = np.clip(lum - 0.80, 0, None)
    return np.asarray(np.where(lum > 0.80, 0.80 + 0.22 * np.tanh(over / 0.26), np.clip(lum, 0, None)), np.float32)


def low_pass(picture: F32, sigma: float) -> F32:
    """Gaussian blur; wide ones on a reduced copy."""
    factor = max(1, int(sigma / 4))
    if factor == 1:
        return np.asarray(gaussian_filter(picture, sigma, truncate=3), np.float32)
    height, width = picture.shape
    padded = np.pad(picture, ((0, -height % factor), (0, -width % factor)), mode="edge")
    small = padded.reshape(padded.shape[0] // factor, factor, -1, factor).mean((1, 3))
    small = gaussian_filter(small, sigma / factor, truncate=3)
    large = zoom(small, factor, order=1, grid_mode=True, mode="nearest")
    return np.asarray(large[:height, :width], np.float32)


def inset(mask: Bool) -> F32:
    """(H,W) distance in pixels to the nearest uncovered pixel (computed at half size)."""
    half = mask[::2, ::2]
    near = distance_transform_edt(np.pad(half, 1, mode="edge"))[1:-1, 1:-1].astype(np.float32) * 2
    large = np.repeat(np.repeat(near, 2, 0), 2, 1)
    return np.asarray(large[: mask.shape[0], : mask.shape[1]])


def curvature(normal: F32, mask: Bool, deep: F32, look: Look, px: float) -> F32:
    """(H,W) multi-scale bulge (+) and hollow (−) map from the view-space normal picture (H,W,3)."""
    out = np.zeros(mask.shape, np.float32)
    solid = mask.astype(np.float32)
    for length, weight in look.scales:
        sigma = max(length * px, 0.8)
        under = low_pass(solid, sigma) + 1e-6
        across = np.gradient(low_pass(normal[..., 0], sigma) / under, axis=1)
        upward = -np.gradient(low_pass(normal[..., 1], sigma) / under, axis=0)
        bend = (across + upward) * sigma
        bend = bend - np.median(bend[mask][::7])
        out += weight * np.tanh(bend * 5.5) * np.clip((deep - sigma * 0.6) / (sigma * 1.6), 0, 1)
    return out


def valleys(facing: F32, mask: Bool, deep: F32, look: Look, px: float) -> F32:
    """(H,W) strength of concave creases: the larger second derivative of the facing map."""
    out = np.zeros(mask.shape, np.float32)
    solid = mask.astype(np.float32)
    filled = np.where(mask, facing, 0).astype(np.float32)
    for length, weight in look.valley_scales:
        sigma = max(length * px, 0.8)
        smooth = low_pass(filled, sigma) / (low_pass(solid, sigma) + 1e-6)
        gy, gx = np.gradient(smooth)
        gyy, gyx = np.gradient(gy)
        gxx = np.gradient(gx, axis=1)
        bend = (gxx + gyy) / 2 + np.sqrt(((gxx - gyy) / 2) ** 2 + gyx**2)
        out += weight * np.clip(bend * sigma * sigma - 0.012, 0, 0.5)
    return np.asarray(out * np.clip(deep / (look.rim_mm * px), 0, 1), np.float32)
