"""The quick form of rows 16 and 17 of the fault campaign."""

import pytest

from tests.faults.quick import holds


@pytest.mark.parametrize("number", [16, 17])
def test_a_row_holds(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    holds(number, capsys)
