"""Many places on the skin at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mesomap.atlas.records import Floats, Ints
from mesomap.domain.place import SkinPoint


@dataclass(frozen=True, slots=True, eq=False)
class SkinArray:
    """N places: tri int64 (N,), −1 = off the body; bary float64 (N, 2), NaN where off the body."""

    tri: Ints
    bary: Floats

    def __len__(self) -> int:
        return len(self.tri)

    def __getitem__(self, rows: "slice | Ints | np.ndarray[tuple[int], np.dtype[np.bool_]]") -> "SkinArray":
        return SkinArray(self.tri[rows], self.bary[rows])

    @classmethod
    def of(cls, points: Sequence[SkinPoint]) -> "SkinArray":
        """From skin points."""
        table = np.array(points, dtype=np.float64).reshape(-1, 3)
        return cls(table[:, 0].astype(np.int64), table[:, 1:].copy())

    @classmethod
    def joined(cls, parts: "Sequence[SkinArray]") -> "SkinArray":
        """All places of one or more parts, one part after the other."""
        if len(parts) == 1:
            return parts[0]
        return cls(np.concatenate([part.tri for part in parts]), np.concatenate([part.bary for part in parts]))

    @classmethod
    def nowhere(cls, count: int) -> "SkinArray":
        """`count` places off the body."""
        return cls(np.full(count, -1, dtype=np.int64), np.full((count, 2), np.nan))

    def points(self) -> tuple[SkinPoint, ...]:
        """The places on the body as skin points; those off the body are left out."""
        on = self.tri >= 0
        triangles, weights = self.tri[on].tolist(), self.bary[on].tolist()
        return tuple(SkinPoint(t, b0, b1) for t, (b0, b1) in zip(triangles, weights, strict=True))

    def weights(self) -> Floats:
        """All three weights (N, 3)."""
        return np.column_stack([self.bary, 1.0 - self.bary.sum(axis=1)])
