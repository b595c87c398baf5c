"""The command line: the same use cases without a window."""

from mesomap.cli.main import WindowRequest, build_cli

__all__ = ["WindowRequest", "build_cli"]
