"""Scans: what a scanner typed, and codes in pictures."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.pack_code import PackCode, read_pack_code

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

#: Kept once the scanner was seen to send separators: from then on a code without one needs none.
_SEPARATES = "scanner.separates"
_MOST_BYTES = 60_000_000
_LONGEST_PX = 8000


def read_scan(practice: "Practice", text: str, today: date) -> PackCode:
    """What a scanner typed or a hand pasted. Raises BadInputError."""
    return read_pack_code(text, today, separates=practice.setting(_SEPARATES) is True)


def remember_scanner(practice: "Practice", code: PackCode) -> None:
    """Keep that the scanner of this practice sends separators, once one came."""
    if code.separated and practice.setting(_SEPARATES) is not True:
        practice.set_setting(_SEPARATES, True)


def read_picture(path: Path | str, today: date) -> PackCode:
    """The one product code in a picture; the sharper of several that say the same. Raises BadInputError,
    NotFoundError.
    """
    found = _codes_in(Path(path))
    read: list[PackCode] = []
    refused = ""
    for text in found:
        try:
            read.append(read_pack_code(text, today, separates=True))
        except BadInputError as error:
            refused = refused or error.sentence
    if not read:
        raise BadInputError(refused or "No code was found in the picture. Take it closer, sharp and without glare.")
    richest = max(read, key=lambda code: len(code.product_keys) + bool(code.lot) + bool(code.expiry))
    if any(code.product_keys and richest.gtin and code.gtin not in ("", richest.gtin) for code in read):
        raise BadInputError("The picture shows codes of more than one product. Take a picture of one pack.")
    return richest


def _codes_in(path: Path) -> list[str]:
    """Texts of every code in the picture, GS1 ones with their identifier in front."""
    import zxingcpp  # late: needed for a picture only
    from PIL import Image, ImageOps, UnidentifiedImageError

    if not path.is_file():
        raise NotFoundError(f"There is no picture “{path.name}”.")
    if path.stat().st_size > _MOST_BYTES:
        raise BadInputError(f"{path.name} is larger than {_MOST_BYTES // 1_000_000} MB. Take a smaller picture.")
    try:
        with Image.open(path) as opened:
            picture = ImageOps.exif_transpose(opened).convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise BadInputError(f"{path.name} cannot be read as a picture. Use PNG or JPEG.") from None
    picture.thumbnail((_LONGEST_PX, _LONGEST_PX))
    codes = zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)
    return [code.symbology_identifier + code.text for code in codes if code.valid and code.text]
