"""The command line as one group; the window is the command when none is named."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

import mesomap
from mesomap.cli.late import LateGroup


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """What the window opens. home: None = MESOMAP_HOME or the usual folder; demo: invented patients."""

    home: Path | None = None
    demo: bool = False


def build_cli(open_window: Callable[[WindowRequest], int]) -> click.Group:
    """The whole command line. open_window runs the window and returns its exit code."""

    @click.group(
        cls=LateGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
    )
    @click.option("--home", type=click.Path(path_type=Path), help="Home folder (or MESOMAP_HOME).")
    @click.option("--demo", "with_demo", is_flag=True, help="Open the window on invented patients.")
    @click.version_option(mesomap.__version__, prog_name="mesomap")
    @click.pass_context
    def cli(context: click.Context, home: Path | None, with_demo: bool) -> int | None:
        """MesoMap charts mesotherapy micro-injections on the skin. Without a command it opens the window."""
        context.obj = home
        if context.invoked_subcommand is None:
            return open_window(WindowRequest(home=home, demo=with_demo))
        if with_demo:
            raise click.UsageError("--demo opens the window; it goes with no command.")
        return None

    return cli
