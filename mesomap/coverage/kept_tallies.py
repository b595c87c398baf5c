"""Tallies of whole sets of marks, kept while nothing about them changes: a chart asks for the same ones again."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock

from mesomap.atlas.atlas import Atlas
from mesomap.coverage.figures import Tally
from mesomap.coverage.tally import tally
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import Mark
from mesomap.domain.place import AtlasRef

#: So many sets are kept, those asked for last.
_KEPT = 64

Radii = Mapping[str, float | None]
_Key = tuple[AtlasRef, PatientScale, tuple[tuple[str, float | None], ...], tuple[int, ...]]


class KeptTallies:
    """Gives the same figures as tally(); from what it holds when it can. Any thread may ask."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, tuple[tuple[Mark, ...], Tally]] = OrderedDict()
        self._turn = Lock()

    def know(self, atlas: Atlas, marks: Sequence[Mark], scale: PatientScale, radii: Radii, found: Tally) -> None:
        """Keep the figures of these marks, worked out elsewhere."""
        self._keep(_key(atlas, marks, scale, radii), tuple(marks), found)

    def of(self, atlas: Atlas, marks: Sequence[Mark], scale: PatientScale, radii: Radii) -> Tally:
        """Figures of these marks, as tally() has them."""
        wanted, key = tuple(marks), _key(atlas, marks, scale, radii)
        with self._turn:
            kept = self._kept.get(key)
        # Equal, not the same: the chart reads its marks from disk.
        if kept is not None and kept[0] == wanted:
            return kept[1]
        found = tally(atlas, wanted, scale, radii)
        self._keep(key, wanted, found)
        return found

    def _keep(self, key: _Key, marks: tuple[Mark, ...], found: Tally) -> None:
        with self._turn:
            self._kept[key] = (marks, found)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def _key(atlas: Atlas, marks: Sequence[Mark], scale: PatientScale, radii: Radii) -> _Key:
    return atlas.ref, scale, tuple(sorted(radii.items())), tuple(mark.id.int for mark in marks)
