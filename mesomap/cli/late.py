"""The commands by name, each loaded when it is asked for: the window, the command when none is named, needs none."""

from importlib import import_module

import click

from mesomap.cli.failing import PlainGroup

#: Name of a command → its module and its name there.
COMMANDS = {
    "demo": "keeping.demo",
    "patients": "reading.patients",
    "sessions": "reading.sessions",
    "measure": "reading.measure",
    "compare": "comparing.compare_",
    "chart": "files.chart",
    "export": "files.export_",
    "import": "files.import_",
    "recall": "recalling.recall",
    "atlas": "reading.atlas",
    "verify": "keeping.verify",
    "backup": "keeping.backup",
    "restore": "keeping.restore",
}


class LateGroup(PlainGroup):
    """The group of COMMANDS."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted({*COMMANDS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None when there is none."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name = COMMANDS[cmd_name].split(".")
        found: click.Command = getattr(import_module(f"mesomap.cli.{module}"), name)
        return found
