"""Codes in pictures, and a scanner that was seen to send separators."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from mesomap.domain.errors import BadInputError
from mesomap.services import Practice
from mesomap.services.scanning import read_picture, read_scan, remember_scanner

TODAY = date(2026, 11, 22)
PACK = "(01)09506000134352(17)271130(10)HA24C117(21)S9"


def _code(text: str, form: zxingcpp.BarcodeFormat, *, gs1: bool = True) -> Image.Image:
    made = zxingcpp.create_barcode(text, form, gs1=gs1) if gs1 else zxingcpp.create_barcode(text, form)
    return Image.fromarray(np.array(made.to_image(scale=5, add_quiet_zones=True)))


def _photo(tmp_path: Path, *codes: Image.Image, turned: float = 0.0) -> Path:
    """The codes on a grey table, as a camera sees them."""
    whole = Image.new("L", (max(code.width for code in codes) + 120, 400 * len(codes)), 190)
    for place, code in enumerate(codes):
        whole.paste(code, (60, 60 + 400 * place))
    path = tmp_path / "pack.jpg"
    whole.rotate(turned, expand=True, fillcolor=190).save(path, quality=80)
    return path


@pytest.mark.parametrize(
    "form", [zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128]
)
@pytest.mark.parametrize("turned", [0.0, 7.0, 90.0])
def test_a_code_in_a_picture_is_read(tmp_path: Path, form: zxingcpp.BarcodeFormat, turned: float) -> None:
    code = read_picture(_photo(tmp_path, _code(PACK, form), turned=turned), TODAY)
    assert (code.gtin, code.lot, code.serial) == ("09506000134352", "HA24C117", "S9")
    assert code.expiry is not None
    assert code.expiry.day == date(2027, 11, 30)


def test_the_code_that_says_more_is_taken(tmp_path: Path) -> None:
    ean = _code("9506000134352", zxingcpp.BarcodeFormat.EAN13, gs1=False)
    code = read_picture(_photo(tmp_path, ean, _code(PACK, zxingcpp.BarcodeFormat.DataMatrix)), TODAY)
    assert code.lot == "HA24C117"


def test_two_packs_in_a_picture_are_refused(tmp_path: Path) -> None:
    other = _code("4006381333931", zxingcpp.BarcodeFormat.EAN13, gs1=False)
    with pytest.raises(BadInputError, match="more than one product"):
        read_picture(_photo(tmp_path, other, _code(PACK, zxingcpp.BarcodeFormat.DataMatrix)), TODAY)


def test_a_picture_without_a_code_and_a_file_that_is_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="No code was found"):
        read_picture(_photo(tmp_path, Image.new("L", (50, 50), 255)), TODAY)
    (tmp_path / "notes.png").write_text("no picture")
    with pytest.raises(BadInputError, match="cannot be read as a picture"):
        read_picture(tmp_path / "notes.png", TODAY)
    with pytest.raises(BadInputError, match="There is no picture"):
        read_picture(tmp_path / "missing.png", TODAY)


def test_a_scanner_that_sent_a_separator_once_is_believed_from_then_on(practice: Practice) -> None:
    lost = "010950600013435217271130" + "1012345ABC21XYZ"
    assert len(read_scan(practice, lost, TODAY).alternatives) == 1
    remember_scanner(practice, read_scan(practice, "010950600013435210A1\x1d17271130", TODAY))
    assert read_scan(practice, lost, TODAY).alternatives == ()
