"""The layer card names both models, and whose skin was measured."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.domain.skin_layers import thickness_at
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.panels.layer_card import LayerCard

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def card(qtbot: QtBot) -> Iterator[LayerCard]:
    make_application()
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    made = LayerCard(page)
    made.show()
    yield made
    page.close()


def shown(card: LayerCard, region: str, depth_mm: float | None, body: str) -> None:
    choice = DoseChoice().with_value("depth_mm", depth_mm)
    card.show_choice(choice, thickness_at(region, body), "Here")


def test_the_models_are_told_apart_where_they_disagree(card: LayerCard) -> None:
    shown(card, "forehead.mid", 3.0, "female")
    assert card.estimate().startswith("Hypodermis")
    assert card.taught().endswith("Dermis")


def test_without_data_only_the_teaching_says_a_layer(card: LayerCard) -> None:
    shown(card, "brow.left", 3.0, "female")
    assert card.estimate() == "no data"
    assert card.taught().endswith("Dermis")


def test_without_a_depth_neither_says_a_layer(card: LayerCard) -> None:
    shown(card, "forehead.mid", None, "male")
    assert card.estimate() == "no depth yet"
    assert card.taught() == ""


@pytest.mark.parametrize(
    ("region", "body", "whose"),
    [
        ("forehead.mid", "female", "measured in women"),
        ("forehead.mid", "male", "measured in men"),
        ("abdomen_lower.mid", "male", "working default for both sexes"),
    ],
)
def test_it_says_whose_skin_was_measured(card: LayerCard, region: str, body: str, whose: str) -> None:
    shown(card, region, 1.0, body)
    assert whose in card.basis()
