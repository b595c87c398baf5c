"""Commands that keep the record safe: demo, verify, backup, restore."""

from pathlib import Path

import click

from mesomap.cli.home import chosen_home, home_option, open_practice, passphrase, say
from mesomap.domain.errors import ExitCode
from mesomap.services import DEMO_PASSPHRASE, DEMO_PIN, DemoPractice, Practice

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@home_option
def demo() -> None:
    """Set up a home with invented patients (passphrase: demo)."""
    from mesomap.atlas import Bodies
    from mesomap.printing.signed_chart import signed_chart

    with DemoPractice.build(chosen_home(), Bodies(), paper=signed_chart) as practice:
        say(f"The demonstration practice is in {practice.home.root}. Its passphrase is: {DEMO_PASSPHRASE}")
        say(f"Its one person signs with the PIN {DEMO_PIN}.")


@click.command()
@home_option
def verify() -> int:
    """Look at every page and record, the audit chain and its anchor."""
    with open_practice() as practice:
        report = practice.verify()
    for finding in report.findings:
        say(finding)
    if not report.ok:
        return ExitCode.DAMAGED
    counts = ", ".join(f"{count} {name}" for name, count in report.counts.items())
    say(f"Whole: {counts}.")
    return ExitCode.DONE


@click.command()
@click.option("--to", type=_FOLDER, help="Folder for the backup (default: backups in the home).")
@home_option
def backup(to: Path | None) -> None:
    """Make a backup and check it."""
    with open_practice() as practice:
        made = practice.backup(to)
        trouble = practice.backups.photo_trouble(made)
    say(f"The backup is in {made}.")
    if trouble:
        say(trouble)


@click.command()
@click.argument("backup", type=click.Path(path_type=Path))
@click.option("--to", type=_FOLDER, required=True, help="New or empty home folder.")
@home_option
def restore(backup: Path, to: Path) -> int:
    """Restore BACKUP into a new home and check it."""
    report = Practice.restore(backup, to, passphrase())
    say(f"The backup is restored in {to}.")
    for finding in report.findings:
        say(finding)
    return ExitCode.DONE if report.ok else ExitCode.DAMAGED
