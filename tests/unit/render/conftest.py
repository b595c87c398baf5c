"""The synthetic body and a context to draw it."""

import pytest
from PySide6.QtCore import QRectF

from mesomap.atlas import Atlas, open_atlas
from mesomap.render.context import RenderContext, fitted
from mesomap.render.tokens import LIGHT
from tests.synthetic_atlas import write_synthetic_atlas


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return open_atlas(write_synthetic_atlas(tmp_path_factory.mktemp("atlas") / "body_atlas"))


@pytest.fixture
def context(atlas: Atlas, qapp: object) -> RenderContext:
    assert qapp is not None
    return fitted(atlas, "body_front", QRectF(0, 0, 400, 500), LIGHT, margin=10)
