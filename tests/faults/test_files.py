"""The quick form of rows 5, 6, 8, 9, 10 of the fault campaign."""

import pytest

from tests.faults.quick import holds


@pytest.mark.parametrize("number", [5, 6, 8, 9, 10])
def test_a_row_holds(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    holds(number, capsys)
