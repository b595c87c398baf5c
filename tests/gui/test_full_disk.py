"""A disk that fills while charting: it is said, nothing is lost, and the reason goes when a mark is saved again."""

import pytest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.errors import NotWritableError
from mesomap.services.charting import ChartingService

FULL = "The disk that holds the records is full. It was not saved; free some space and try again."


def test_a_full_disk_is_said_and_forgotten_when_it_saves_again(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = driver.page
    driver.tap(60, 0)

    def full(*_args: object, **_named: object) -> None:
        raise NotWritableError(FULL)

    with monkeypatch.context() as disk:
        disk.setattr(ChartingService, "place", full)
        driver.tap(70, 0)
        assert page.top.saved_text() == "Not saved"
        assert page.floating.hint_text() == FULL
        assert len(page.model.marks) == 1, "what was saved is there still"
    driver.tap(80, 0)
    assert len(page.model.marks) == 2
    assert page.top.saved_text().startswith("Saved")
    assert page.floating.hint_text() == "", "what no longer stands is not shown beside it"
