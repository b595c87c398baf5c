"""One photograph read beside the window."""

from dataclasses import dataclass

from mesomap.domain.photo import Photo
from mesomap.photos.beside import PhotoWorker
from mesomap.storage.photo_files import PhotoFiles
from mesomap.ui.photos.pair_pictures import Levels, images


@dataclass(frozen=True, slots=True)
class OnePicture:
    """Reads a photograph; safe in another thread."""

    files: PhotoFiles
    worker: PhotoWorker
    photo: Photo

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height, upright."""
        return self.photo.width_px, self.photo.height_px

    def levels(self) -> Levels:
        """Upright, at full size and at halves of it. Raises BadInputError, NotFoundError, DamagedError."""
        data = self.files.read(self.photo.file)
        return images(self.worker.levels(data, self.photo.orientation, self.size_px))
