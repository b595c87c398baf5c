"""The `mesomap` command: the command line, and behind it the window."""

import sys

from mesomap.app.display import has_display
from mesomap.cli.main import WindowRequest, build_cli
from mesomap.domain.errors import BadInputError


def open_window(request: WindowRequest) -> int:
    """Open the window and return its exit code. Raises BadInputError without a display, and typed errors."""
    if not has_display():
        raise BadInputError(
            "There is no display, so the window cannot open. Start MesoMap in a desktop session, "
            "or use the commands (mesomap --help). “make run” drives the window without a display."
        )
    from mesomap.app.start import run_window

    return run_window(request)


def main() -> None:
    """Entry point of the installed command."""
    build_cli(open_window)(prog_name="mesomap")
    sys.exit(0)


if __name__ == "__main__":
    main()
