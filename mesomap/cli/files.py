"""Commands that write or read files: chart, export, import."""

from datetime import datetime
from pathlib import Path

import click

from mesomap.atlas import open_atlas
from mesomap.atlas.bodies import FIRST_BODY
from mesomap.cli.home import atlas_of, find_patient, home_option, open_practice, say
from mesomap.exchange import body_named
from mesomap.services.backups import IN_A_ROW
from mesomap.services.paper_facts import paper_facts
from mesomap.services.session_files import export_session, import_session

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("session")
@click.option("--out", type=_FILE, required=True, help="PDF file to write.")
@click.option("--marks", "list_marks", is_flag=True, help="Also list the marks one by one, on further pages.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--grey", is_flag=True, help="Print without colour.")
@click.option("--lines", is_flag=True, help="Print a line drawing in black and white: hatches, no tints.")
@home_option
def chart(session: str, out: Path, list_marks: bool, paper: str, grey: bool, lines: bool) -> None:
    """Print SESSION as a PDF/A-1b chart."""
    with open_practice() as practice:
        found = practice.find_session(session)
        patient = practice.patient(found.patient_id)
        marks = practice.marks(found.id)
        code = practice.audit_code
        radii = practice.effect_radii_mm()
        complaints, planned = practice.complaints(found.id), practice.planned(found.id)
        facts = paper_facts(practice, found)
    body = atlas_of(found)
    # Qt is loaded for this command only: it takes longer than everything else together.
    from mesomap.printing import PAPERS, PrintOptions, chart_data, print_chart
    from mesomap.printing.application import painting

    with painting():
        data = chart_data(
            body,
            patient,
            found,
            marks,
            printed_at=datetime.now().astimezone(),
            audit_code=code,
            radii=radii,
            list_marks=list_marks,
            complaints=complaints,
            planned=planned,
            **facts,
        )
        pages = print_chart(out, body, data, PrintOptions(PAPERS[paper], grey, lines=lines))
    say(f"Chart {found.number}: {pages} {'page' if pages == 1 else 'pages'} in {out}")


@click.command(name="export")
@click.argument("session")
@click.option("--out", type=_FILE, required=True, help="Session file to write.")
@click.option("--with-patient", is_flag=True, help="Also write who the patient is.")
@click.option("--in-views", is_flag=True, help="Write readable view positions (0.5 mm) instead of skin points.")
@home_option
def export_(session: str, out: Path, with_patient: bool, in_views: bool) -> None:
    """Write SESSION to a session file."""
    with open_practice() as practice:
        found = practice.find_session(session)
        body = atlas_of(found) if in_views else None
        count = export_session(practice, found, out, with_patient=with_patient, in_views=body)
    say(f"Session {found.number} with {count} marks is in {out}.")
    if with_patient:
        say("The file says who the patient is.")


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--patient", "patient", help="Whose session it is (id or number).")
@home_option
def import_(file: Path, patient: str | None) -> None:
    """Take the session file FILE in, whole or not at all."""
    with open_practice() as practice:
        owner = find_patient(practice, patient) if patient else None
        practice.backups.make_before(fresh=IN_A_ROW)
        outcome = import_session(practice, open_atlas(body=body_named(file) or FIRST_BODY), file, patient=owner)
    if not outcome.created:
        say(f"{file.name}: session {outcome.session.number} is here already with the same content. Nothing to do.")
        return
    whose = "a new patient" if outcome.new_patient else "patient"
    say(
        f"{file.name}: session {outcome.session.number} with {outcome.marks} marks was taken in, "
        f"for {whose} {outcome.patient.number}."
    )
