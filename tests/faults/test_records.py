"""The quick form of rows 11, 12, 13, 14, 15, 18, 19, 20 of the fault campaign."""

import pytest

from tests.faults.quick import holds


@pytest.mark.parametrize("number", [11, 12, 13, 14, 15, 18, 19, 20])
def test_a_row_holds(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    holds(number, capsys)
