"""The digest of a skin: blind to views, sensitive to every array that says where a place lies."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from body_atlas import skin_version
from body_atlas.files import write_json, write_manifest, write_npz
from body_atlas.skin_version import RELEASED_SKIN, SKIN_VERSIONS, skin_digest, skin_faults

SHIPPED = Path(__file__).resolve().parents[3] / "assets" / "body_atlas"


def arrays() -> dict[str, Any]:
    return {
        "tri": np.arange(6, dtype=np.int32).reshape(2, 3),
        "chart_xy": np.ones((3, 2), dtype=np.int16),
        "view_visible": np.zeros((1, 1), dtype=np.uint8),
    }


def body(folder: Path, ids: tuple[str, ...] = ("a.mid", "b.mid"), **changes: Any) -> Path:
    write_npz(folder / "geometry.npz", {**arrays(), **changes})
    write_json(folder / "regions.json", [{"id": name} for name in ids])
    return folder


def test_new_views_leave_the_skin_alone(tmp_path: Path) -> None:
    one = skin_digest(body(tmp_path / "one"))
    assert skin_digest(body(tmp_path / "two", view_visible=np.ones((9, 1), dtype=np.uint8))) == one


@pytest.mark.parametrize(
    "changed",
    [
        {"tri": np.arange(6, dtype=np.int32).reshape(2, 3)[::-1]},
        {"chart_xy": np.ones((3, 2), dtype=np.int32)},
        {"extra": np.zeros(1)},
        {"ids": ("b.mid", "a.mid")},
    ],
)
def test_every_other_change_is_another_skin(tmp_path: Path, changed: dict[str, Any]) -> None:
    assert skin_digest(body(tmp_path / "one")) != skin_digest(body(tmp_path / "two", **changed))


def test_a_changed_released_skin_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = skin_digest(body(tmp_path / "female"))
    monkeypatch.setattr(skin_version, "RELEASED_SKIN", {"female": digest})
    assert skin_faults(tmp_path, ["female"]) == []
    body(tmp_path / "female", chart_xy=np.zeros((3, 2), dtype=np.int16))
    assert "recorded places would move" in skin_faults(tmp_path, ["female"])[0]
    write_manifest(tmp_path, ["female"], [], "a test")


def test_the_shipped_female_skin_is_that_of_the_first_atlas() -> None:
    assert "1.0.0" in SKIN_VERSIONS["female"]
    assert skin_digest(SHIPPED / "female") == RELEASED_SKIN["female"]
