"""What a file is, by its first bytes and never by its name."""

from mesomap.domain.errors import BadInputError

JPEG, PNG, WEBP, TIFF, HEIC = "image/jpeg", "image/png", "image/webp", "image/tiff", "image/heic"
#: Endings under which people keep each kind.
ENDINGS = {
    JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    PNG: (".png",),
    WEBP: (".webp",),
    TIFF: (".tif", ".tiff"),
    HEIC: (".heic", ".heif", ".hif"),
}
#: More than a camera writes into one picture.
MAX_BYTES = 100_000_000
#: More would take a window's memory when it is shown.
MAX_PIXELS = 64_000_000
MIN_SIDE_PX = 16
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif")


def kind_of(data: bytes) -> str:
    """Media type of a picture. Raises BadInputError for what is none of the five."""
    if not data:
        raise BadInputError("The file is empty. Choose another one.")
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[:4] in (b"II*\0", b"MM\0*"):
        return TIFF
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return HEIC
    raise BadInputError("This is no JPEG, PNG, HEIC, TIFF or WebP picture. Choose another file.")


def is_picture_name(name: str) -> bool:
    """Whether a file of a folder is looked at, by its ending."""
    return name.lower().endswith(tuple(ending for endings in ENDINGS.values() for ending in endings))


def check_size(byte_count: int) -> None:
    """Raises BadInputError for a file that is larger than is read at all."""
    if byte_count > MAX_BYTES:
        raise BadInputError(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB. Save it smaller and take it in again."
        )


def check_pixels(width_px: int, height_px: int) -> None:
    """Raises BadInputError for a picture that is too large or too small to be one."""
    if width_px * height_px > MAX_PIXELS:
        raise BadInputError(
            f"The picture has {width_px * height_px // 1_000_000} megapixels; up to {MAX_PIXELS // 1_000_000} can be "
            "kept. Save it smaller and take it in again."
        )
    if min(width_px, height_px) < MIN_SIDE_PX:
        raise BadInputError(f"The picture is smaller than {MIN_SIDE_PX} pixels. Choose another one.")
