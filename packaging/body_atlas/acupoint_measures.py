"""The cun of acupuncture on a body: proportions between landmarks, in mm along the skin (WHO 2008, recalled).

A cun differs from part to part of the body; every rule takes the one of its own part.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from body_atlas.arrays import F64
from body_atlas.zone_skin import Skin, arc


class Cun:
    """Lengths of one cun by part of the body, mm."""

    def __init__(self, skin: Skin) -> None:
        self.skin = skin

    @cached_property
    def head_line(self) -> F64:
        """(n, 3) midline of the head from the front hairline over the vertex to the inion."""
        s = self.skin
        return s.path([s.at("trichion"), *self._over_the_head(), s.at("inion")])

    def _over_the_head(self) -> list[F64]:
        s = self.skin
        front, top, back = s.at("trichion"), s.at("vertex"), s.at("opisthocranion")
        crown = np.array([0.0, 0.6 * top[1] + 0.4 * front[1], 0.7 * front[2] + 0.3 * top[2]])
        nape = np.array([0.0, 0.6 * top[1] + 0.4 * back[1], 0.7 * back[2] + 0.3 * top[2]])
        out = np.array([0.0, 40.0, 25.0])
        return [s.snap(crown + out), top, s.snap(nape + out * [1, 1, -1]), back]

    @cached_property
    def head(self) -> float:
        """Front hairline to back hairline is 12; the back hairline lies 2.5 below the protuberance (GV17)."""
        return float(arc(self.head_line)[-1]) / 9.5

    @cached_property
    def brow(self) -> float:
        """Between the brows to the front hairline is 3."""
        return self.skin.length(self.skin.at("glabella"), self.skin.at("trichion")) / 3

    @cached_property
    def upper_abdomen(self) -> float:
        """End of the breastbone to navel is 8."""
        return self.skin.length(self.skin.at("xiphoid"), self.skin.at("navel")) / 8

    @cached_property
    def lower_abdomen(self) -> float:
        """Navel to pubic symphysis is 5."""
        return self.skin.length(self.skin.at("navel"), self.skin.at("symphysis")) / 5

    @cached_property
    def back(self) -> float:
        """Midline to the inner end of the scapular spine is 3."""
        return float(self.skin.at("scapula_spine")[0]) / 3

    @cached_property
    def upper_arm(self) -> float:
        """Back axillary fold to elbow is 9."""
        return float(np.linalg.norm(self.skin.at("axilla_back") - self.skin.at("olecranon"))) / 9

    @cached_property
    def forearm(self) -> float:
        """Elbow crease to wrist crease is 12."""
        return float(np.linalg.norm(self.skin.at("elbow_crease") - self.skin.at("wrist_crease"))) / 12

    @cached_property
    def thigh(self) -> float:
        """Pubic symphysis to the upper border of the patella is 18."""
        return float(self.skin.at("symphysis")[1] - self.skin.at("patella_upper")[1]) / 18

    @cached_property
    def leg(self) -> float:
        """Popliteal crease to lateral malleolus is 16."""
        return float(self.skin.at("popliteal_crease")[1] - self.skin.at("malleolus_lateral")[1]) / 16

    @cached_property
    def finger(self) -> float:
        """Four fingers are 3: taken as the distance between the knuckles of index and little finger (estimate)."""
        return float(np.linalg.norm(self.skin.at("knuckle_2") - self.skin.at("knuckle_5"))) / 3
