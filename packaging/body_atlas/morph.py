"""Shapes the base mesh into a person: base + Σ weight × target (MakeHuman's macro targets)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np

from body_atlas.arrays import F64
from body_atlas.source import base_mesh, mirror_of_base, target


@dataclass(frozen=True)
class Shape:
    """Macro parameters, each 0–1 as in MakeHuman. `gender` 1 is female; `age` 2/3 is a young adult.

    `local` adds single targets by path and weight; `jaw_deg` closes the mouth by turning the jaw about x.
    """

    gender: float = 1.0
    age: float = 2 / 3
    muscle: float = 0.5
    weight: float = 0.5
    height: float = 0.5
    proportions: float = 0.5
    cupsize: float = 0.5
    firmness: float = 0.5
    race: tuple[float, float, float] = (0.0, 0.0, 1.0)
    jaw_deg: float = 0.0
    local: dict[str, float] = field(default_factory=dict)


def both_sides(targets: dict[str, float]) -> dict[str, float]:
    """Adds the right-hand twin of every left-hand target ("part/l-…")."""
    twins = {k.replace("/l-", "/r-"): v for k, v in targets.items() if "/l-" in k}
    return targets | twins


_FACE = {
    "eyes/l-eye-height1-incr": 0.22,
    "eyes/l-eye-height2-incr": 0.38,
    "eyes/l-eye-height3-incr": 0.22,
    "eyebrows/eyebrows-trans-up": 0.38,
    "mouth/mouth-angles-up": 0.25,
    "chin/chin-width-decr": 0.35,
    "head/head-oval": 0.28,
    "nose/nose-width2-decr": 0.32,
    "nose/nose-width3-decr": 0.38,
    "nose/nose-flaring-decr": 0.35,
    "ears/l-ear-wing-decr": 0.25,
    "ears/l-ear-scale-decr": 0.12,
    "neck/neck-scale-horiz-decr": 0.20,
}
"""A rested, friendly face: eyes a little open, brows and corners of the mouth not drawn down."""

FEMALE_REFERENCE = Shape(
    gender=1.0,
    height=0.368,
    weight=0.78,
    muscle=0.64,
    proportions=0.30,
    cupsize=0.5,
    firmness=0.65,
    race=(0.3, 0.45, 1.0),
    jaw_deg=-2.3,
    local=both_sides(
        {"torso/measure-shoulder-dist-decr": 0.45, "arms/l-upperarm-fat-decr": 0.30, **_FACE},
    ),
)

_MALE_FACE = {
    "eyes/l-eye-height1-incr": 0.30,
    "eyes/l-eye-height2-incr": 0.42,
    "eyes/l-eye-height3-incr": 0.30,
    "eyebrows/eyebrows-trans-up": 0.30,
    "mouth/mouth-angles-up": 0.32,
    "head/head-oval": 0.15,
    "nose/nose-flaring-decr": 0.25,
    "ears/l-ear-wing-decr": 0.25,
    "ears/l-ear-scale-decr": 0.10,
}
"""As rested as the female one; his lids hang lower in the source and are opened further."""

MALE_REFERENCE = Shape(
    gender=0.0,
    height=0.333,
    weight=0.616,
    muscle=0.64,
    proportions=0.5,
    race=(0.3, 0.45, 1.0),
    jaw_deg=-2.3,
    local=both_sides(
        {
            "torso/torso-scale-vert-incr": 0.45,
            "torso/torso-scale-horiz-incr": 0.48,
            "torso/torso-scale-depth-incr": 0.25,
            "hip/hip-scale-horiz-incr": 0.30,
            "legs/upperlegs-height-decr": 0.26,
            "arms/l-upperarm-fat-decr": 0.70,
            "arms/l-lowerarm-fat-decr": 0.50,
            "arms/measure-upperarm-length-decr": 0.35,
            **_MALE_FACE,
        }
    ),
)
"""The source's man has long limbs and a short trunk; his trunk is enlarged until the shares of his skin agree with
published ones (docs/ATLAS_ACCURACY.md)."""

_AGES = ("newborn", "baby", "child", "young", "old")
_RACES = ("african", "asian", "caucasian")


def blend(value: float, names: tuple[str, ...], low: float = 0.0, high: float = 1.0) -> dict[str, float]:
    """Weights of the two neighbouring named stops round `value` on an even scale low…high (they sum to 1)."""
    stops = np.linspace(low, high, len(names))
    i = int(np.clip(np.searchsorted(stops, value) - 1, 0, len(names) - 2))
    t = float((value - stops[i]) / (stops[i + 1] - stops[i]))
    return {n: w for n, w in ((names[i], 1 - t), (names[i + 1], t)) if abs(w) > 1e-9}


def target_weights(shape: Shape) -> dict[str, float]:
    """Every target path and its weight for a shape."""
    gender = blend(shape.gender, ("male", "female"))
    age = blend(shape.age, _AGES, -1 / 3, 1)
    muscle = blend(shape.muscle, ("minmuscle", "averagemuscle", "maxmuscle"))
    weight = blend(shape.weight, ("minweight", "averageweight", "maxweight"))
    height = blend(shape.height, ("minheight", "maxheight"))
    proportions = blend(shape.proportions, ("idealproportions", "uncommonproportions"))
    cup = blend(shape.cupsize, ("mincup", "averagecup", "maxcup"))
    firm = blend(shape.firmness, ("minfirmness", "averagefirmness", "maxfirmness"))
    total = sum(shape.race)
    out: dict[str, float] = {}
    for (g, wg), (a, wa) in itertools.product(gender.items(), age.items()):
        for r, wr in zip(_RACES, shape.race, strict=True):
            out[f"macrodetails/{r}-{g}-{a}"] = wg * wa * wr / total
        for (m, wm), (w, ww) in itertools.product(muscle.items(), weight.items()):
            k = wg * wa * wm * ww
            key = f"{g}-{a}-{m}-{w}"
            out[f"macrodetails/universal-{key}"] = k
            out |= {f"macrodetails/height/{key}-{h}": k * x for h, x in height.items()}
            out |= {f"macrodetails/proportions/{key}-{p}": k * x for p, x in proportions.items()}
            if g == "female":
                pairs = itertools.product(cup.items(), firm.items())
                out |= {f"breast/{key}-{c}-{f}": k * wc * wf for (c, wc), (f, wf) in pairs}
    return out | shape.local


def morph(shape: Shape) -> F64:
    """All vertices (N,3) of the base mesh, helpers included, in dm, shaped and exactly symmetric."""
    xyz = base_mesh().xyz.copy()
    for name, weight in target_weights(shape).items():
        index, offset = target(name)
        if len(index):
            np.add.at(xyz, index, weight * offset)
    return symmetric(xyz)


def symmetric(xyz: F64) -> F64:
    """½ (X + mirror X) for the vertices that have a mirror image; the others stay."""
    twin = mirror_of_base()
    known = twin >= 0
    out = xyz.copy()
    out[known] = 0.5 * (xyz[known] + xyz[twin[known]] * [-1.0, 1.0, 1.0])
    return out
