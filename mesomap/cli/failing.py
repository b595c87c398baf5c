"""Every failure as one sentence on stderr and an exit code; a traceback is never shown."""

import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from mesomap.domain.errors import ExitCode, MesoMapError

log = logging.getLogger(__name__)


class PlainGroup(click.Group):
    """A group whose commands end with the exit codes 0, 2, 3, 4 or 5 and say why in one sentence."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run the command line and leave the process with its exit code."""
        options["standalone_mode"] = False
        try:
            code = super().main(args, *rest, **options)
        except click.ClickException as error:
            error.show()
            sys.exit(ExitCode.USAGE)
        except click.Abort:
            click.echo("Stopped.", err=True)
            sys.exit(130)
        except MesoMapError as error:
            click.echo(error.sentence, err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            # The reader of our output (head, less) went away; nothing is wrong.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(ExitCode.DONE)
        except OSError as error:
            name = f" “{error.filename}”" if error.filename else ""
            click.echo(
                f"A file or folder{name} cannot be used: {error.strerror or 'unknown reason'}.", err=True
            )
            sys.exit(ExitCode.BAD_INPUT)
        except Exception as error:
            log.exception("unexpected error")
            kind = type(error).__name__
            click.echo(
                f"MesoMap stopped because of a mistake in the program ({kind}). Nothing was changed.",
                err=True,
            )
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else ExitCode.DONE)
