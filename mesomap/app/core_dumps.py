"""No picture of the memory is left behind: keys and records are in it while the practice is open."""

import ctypes
import sys

_PR_SET_DUMPABLE = 4  # <linux/prctl.h>


def forbid_core_dumps() -> bool:
    """Forbid core dumps of this process, and on Linux looking into it by other processes of the same account.

    Returns whether the system took it; Windows has no such switch for a process.
    """
    done = False
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        done = True
    except (ImportError, ValueError, OSError):
        return False
    if sys.platform.startswith("linux"):
        try:
            done = ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0
        except (OSError, AttributeError):
            done = False
    return done
