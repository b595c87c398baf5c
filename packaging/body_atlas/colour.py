"""From luminance to colour: ivory skin, tinted lips and nails, eyes, and colour bled past the outline."""

from __future__ import annotations

import numpy as np

from body_atlas.arrays import F32, F64, Bool

HIGH = np.array([243, 235, 229], np.float32)
MIDDLE = np.array([209, 197, 188], np.float32)
LOW = np.array([122, 107, 100], np.float32)
_LIP_TINT = np.array([0.90, 0.80, 0.79], np.float32)
_NAIL = np.array([250, 244, 240], np.float32)
_SCLERA = np.array([240, 238, 236], np.float32)
_IRIS = np.array([122, 108, 98], np.float32)
_PUPIL = np.array([52, 46, 43], np.float32)


def ramp(lum: F32) -> F32:
    """(n,3) 0–255 skin colour of a luminance 0–1."""
    x = np.clip((np.clip(lum, 0, 1)[:, None] - 0.18) / 0.80, 0, 1)
    shadow = LOW + (MIDDLE - LOW) * (x / 0.5) ** 0.85
    return np.asarray(np.where(x < 0.5, shadow, MIDDLE + (HIGH - MIDDLE) * ((x - 0.5) / 0.5)), np.float32)


def tint(colour: F32, lips: F32, nails: F32, scalp: F32) -> F32:
    """Lips rosier, nails paler, the hair-bearing scalp a shade darker; masks (n) 0–1."""
    colour = colour * (1 - lips[:, None] * (1 - _LIP_TINT))
    colour = colour + (_NAIL - colour) * (0.35 * nails)[:, None]
    return np.asarray(colour * (1 - scalp[:, None] * np.array([0.055, 0.060, 0.062], np.float32)))


def eyeball(direction: F32, lum: F32, open_sky: F32) -> F32:
    """(n,3) colour of eyeball points from their unit direction (n,3) off the eye's middle (body axes)."""
    gaze = np.array([0, -0.02, 1.0])
    angle = np.degrees(np.arccos(np.clip(direction @ (gaze / np.linalg.norm(gaze)), -1, 1)))
    turn = np.arctan2(direction[:, 1], direction[:, 0])
    fibre = 0.06 * np.sin(turn * 37 + 1.7 * np.sin(turn * 11)) * ((angle > 12) & (angle < 25))
    white = _SCLERA * (0.80 + 0.20 * np.clip((lum - 0.3) / 0.5, 0, 1))[:, None]
    shade = 1 + fibre + 0.22 * np.clip((angle - 11) / 14, 0, 1) - 0.35 * np.clip((angle - 23) / 4, 0, 1)
    iris = _IRIS * (shade + 0.18 * np.clip(-direction[:, 1] * 2, 0, 1))[:, None]
    in_iris = np.clip((27.0 - angle) / 1.2 + 0.5, 0, 1)[:, None]
    in_pupil = np.clip((8.2 - angle) / 1.0 + 0.5, 0, 1)[:, None]
    out = white * (1 - in_iris) + iris * in_iris
    out = out * (1 - in_pupil) + _PUPIL * in_pupil
    spark = np.array([-0.20, 0.22, 0.95])
    off = np.degrees(np.arccos(np.clip(direction @ (spark / np.linalg.norm(spark)), -1, 1)))
    glint = np.clip((5.2 - off) / 1.0 + 0.5, 0, 1)[:, None] * 0.9
    out = out * (1 - glint) + 255 * glint
    return np.asarray(out * (0.55 + 0.45 * np.clip(open_sky * 1.9, 0, 1))[:, None], np.float32)


def lid_shadow(picture: F32, eyes: Bool, px: float) -> F32:
    """Darkens the eyeball under the upper lid; `eyes` (H,W) marks eyeball pixels."""
    from scipy.ndimage import gaussian_filter

    rows, columns = np.flatnonzero(eyes.any(1)), np.flatnonzero(eyes.any(0))
    if not len(rows):
        return picture
    pad = int(8 * px)
    box = np.s_[max(0, rows[0] - pad) : rows[-1] + pad, max(0, columns[0] - pad) : columns[-1] + pad]
    part = eyes[box]
    drop = max(1, int(3.0 * px))
    above = np.zeros_like(part)
    above[drop:] = part[:-drop]
    lid = gaussian_filter((~above).astype(np.float32), 1.4 * px)
    out = picture.copy()
    out[box] = np.where(part[..., None], out[box] * (1 - 0.48 * np.clip(lid, 0, 1))[..., None], out[box])
    return out


def bled(picture: F32, mask: Bool) -> F32:
    """Fills the uncovered pixels with the colours beside them (push–pull), so that an outline may clip
    anywhere.
    """
    from scipy.ndimage import gaussian_filter

    if mask.all() or min(mask.shape) < 2:
        return picture
    weight = mask.astype(np.float32)
    height, width = mask.shape
    pad = ((0, height % 2), (0, width % 2))
    colour = np.pad(picture * weight[..., None], (*pad, (0, 0)))
    amount = np.pad(weight, pad)
    half_h, half_w = amount.shape[0] // 2, amount.shape[1] // 2
    total = amount.reshape(half_h, 2, half_w, 2).sum((1, 3))
    mean = colour.reshape(half_h, 2, half_w, 2, 3).sum((1, 3)) / np.maximum(total, 1e-6)[..., None]
    small = bled(np.asarray(mean, np.float32), total > 0)
    soft = gaussian_filter(small, (0.7, 0.7, 0), mode="nearest") if min(small.shape[:2]) > 2 else small
    large = np.repeat(np.repeat(soft, 2, 0), 2, 1)[:height, :width]
    return np.where(mask[..., None], picture, large)


def direction_from(points: F64 | F32, middle: F64) -> F32:
    """(n,3) unit vectors from a middle."""
    out = points - middle
    return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True), np.float32)
