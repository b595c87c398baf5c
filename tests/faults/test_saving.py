"""The quick form of rows 1, 2, 3, 4, 7 of the fault campaign."""

import pytest

from tests.faults.quick import holds


@pytest.mark.parametrize("number", [1, 2, 3, 4, 7])
def test_a_row_holds(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    holds(number, capsys)
