"""Which other view sees a place of skin better than the present one, which sees it askew."""

from mesomap.atlas import Atlas
from mesomap.domain.place import SkinPoint
from mesomap.ui.words import view_name

#: Skin seen at a steeper angle than this is better charted in another view.
STEEP_DEG = 60.0
#: Views whose angles differ by less see skin equally well.
NEARLY_DEG = 8.0


def better_view(atlas: Atlas, view_key: str, skin: SkinPoint | None) -> str | None:
    """Name of the view that sees this skin best, when the present one sees it at more than 60°.

    Among views that see it about equally squarely the one that shows it largest.
    """
    if skin is None:
        return None
    seen = atlas.views_of(skin)
    here = next((angle for key, angle in seen if key == view_key), None)
    if here is None or here <= STEEP_DEG or not seen or seen[0][0] == view_key:
        return None
    nearly = [key for key, angle in seen if angle <= seen[0][1] + NEARLY_DEG]
    return view_name(atlas, max(nearly, key=lambda key: atlas.view(key).levels[0].px_per_mm))
