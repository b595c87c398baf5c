"""Places where a database cannot be kept: network folders, and folders that another program copies while it is open.

Both can mix versions of the database and its log (sqlite.org/howtocorrupt.html 2.1, sqlite.org/wal.html).
"""

from pathlib import Path

from mesomap.domain.errors import BadInputError

_MOUNTS = Path("/proc/self/mounts")
_NETWORK = frozenset(
    {
        "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs",
        "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs",
    }
)  # fmt: skip
#: Folders of programs that copy to other computers, by the begin of their names in small letters.
_SYNCED = (
    "dropbox", "onedrive", "google drive", "googledrive", "icloud drive", "mobile documents", "nextcloud", "owncloud",
)  # fmt: skip


def refuse_network_folder(root: Path) -> None:
    """Raises BadInputError when the folder lies on another computer, as far as the system tells."""
    place = root.absolute()
    if str(place).startswith("\\\\") or _kind_of(place) in _NETWORK:
        raise BadInputError(
            f"“{root}” lies on another computer. The records must be on a disk of this one; backups may go there."
        )


def refuse_synced_folder(root: Path) -> None:
    """Raises BadInputError when the folder lies in one that a known program copies elsewhere."""
    for part in root.absolute().parts:
        if part.lower().startswith(_SYNCED):
            raise BadInputError(
                f"“{root}” lies in “{part}”, which another program copies while the records are open. "
                "Choose a folder outside; backups may go there."
            )


def _kind_of(place: Path) -> str:
    """Kind of the file system that holds the place; "" where the system has no table of them."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        words = line.split(" ")
        if len(words) < 3:
            continue
        point = Path(words[1].replace("\\040", " "))
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), words[2]
    return kind
