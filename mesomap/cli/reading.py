"""Commands that read: patients, sessions, measure, atlas."""

import click

from mesomap.atlas import Atlas, Bodies, atlas_folder
from mesomap.atlas.files import atlas_faults
from mesomap.cli.home import atlas_of, chosen_home, find_patient, home_option, open_practice, say
from mesomap.cli.output import number, print_json, print_table
from mesomap.coverage import RegionFigures
from mesomap.domain.errors import ExitCode
from mesomap.domain.session import Session
from mesomap.services import ChartingService

json_option = click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")


@click.command()
@json_option
@home_option
def patients(as_json: bool) -> None:
    """List the patients."""
    with open_practice() as practice:
        found = practice.patients()
    if as_json:
        print_json(
            [
                {
                    "id": str(p.id),
                    "number": p.number,
                    "family_name": p.family_name,
                    "given_name": p.given_name,
                    "birth_date": p.birth_date.isoformat() if p.birth_date else None,
                }
                for p in found
            ]
        )
        return
    rows = [
        (p.number, p.display_name, p.birth_date.isoformat() if p.birth_date else "–", str(p.id))
        for p in found
    ]
    print_table(("number", "name", "born", "id"), rows)


@click.command()
@click.option("--patient", "patient", help="Only of this patient (id or number).")
@json_option
@home_option
def sessions(patient: str | None, as_json: bool) -> None:
    """List the sessions."""
    with open_practice() as practice:
        owner = find_patient(practice, patient).id if patient else None
        found = practice.sessions(owner)
    if as_json:
        print_json([_session_row(session) for session in found])
        return
    rows = [
        (
            str(s.number),
            s.started_at.isoformat(timespec="minutes"),
            s.status.value,
            s.indication or "–",
            str(s.id),
        )
        for s in found
    ]
    print_table(("chart", "started", "status", "indication", "id"), rows)


def _session_row(session: Session) -> dict[str, object]:
    return {
        "id": str(session.id),
        "patient_id": str(session.patient_id),
        "number": session.number,
        "date": session.started_at.isoformat(),
        "status": session.status.value,
    }


@click.command()
@click.argument("session")
@json_option
@home_option
def measure(session: str, as_json: bool) -> None:
    """Figures of SESSION by region: points, volume, treated and covered area, density, spacing."""
    with open_practice() as practice:
        found = practice.find_session(session)
        service = ChartingService(practice, atlas_of(found), found.id)
        tally = service.tally()
    if as_json:
        print_json(
            {
                "session": str(found.id),
                "scale": found.patient_scale,
                "scale_basis": found.scale_basis,
                "regions": [figures_json(figures) for figures in tally.regions],
                "total": figures_json(tally.total),
            }
        )
        return
    heads = ("region", "points", "mL", "treated cm²", "covered cm²", "per cm²", "spacing mm")
    print_table(
        heads, [_figures_row(f.region_id, f) for f in tally.regions] + [_figures_row("total", tally.total)]
    )
    say(f"Areas are estimates on the skin of the body model; scale {found.patient_scale:g}.")


def figures_json(figures: RegionFigures) -> dict[str, object]:
    """The figures of one region, or of all together, as DECISIONS names them."""
    spacing = figures.spacing_mm
    return {
        "id": figures.region_id,
        "marks": figures.marks,
        "about_points": figures.about_points,
        "volume_ml": figures.volume_ml,
        "treated_cm2": figures.treated_cm2,
        "covered_cm2": figures.covered_cm2,
        "region_cm2": figures.region_cm2,
        "density_per_cm2": figures.density_per_cm2,
        "spacing_mm": None
        if spacing is None
        else {"median": spacing.median, "p5": spacing.p5, "p95": spacing.p95},
    }


def _figures_row(name: str, figures: RegionFigures) -> tuple[str, ...]:
    spacing = figures.spacing_mm
    return (
        name,
        str(figures.about_points),
        number(figures.volume_ml, 2),
        number(figures.treated_cm2, 1),
        number(figures.covered_cm2, 1),
        number(figures.density_per_cm2, 2),
        number(spacing.median if spacing else None, 1),
    )


@click.command()
@click.option("--check", is_flag=True, help="Read every file and compare its SHA-256.")
@json_option
@home_option
def atlas(check: bool, as_json: bool) -> int:
    """Describe the bodies that are shipped, or check their files."""
    chosen_home()
    faults = atlas_faults(atlas_folder()) if check else []
    if faults:
        for fault in faults:
            say(fault)
        return ExitCode.DAMAGED
    shipped = Bodies()
    bodies = [shipped.named(name) for name in shipped.names()]
    if as_json:
        print_json(_atlas_page(bodies))
    else:
        rows = [(r.id, body.ref.body, r.side, number(r.area_cm2, 1)) for body in bodies for r in body.regions]
        print_table(("region", "body", "side", "cm²"), rows)
        for body in bodies:
            ref = body.ref
            say(f"{ref.id} {ref.version}, body {ref.body}: {len(body.views)} views, {len(body.regions)} regions.")
    if check:
        say("Every file of the bodies is whole." if len(bodies) > 1 else "Every file of the body is whole.")
    return ExitCode.DONE


def _atlas_page(bodies: list[Atlas]) -> dict[str, object]:
    return {
        "id": bodies[0].ref.id,
        "version": bodies[0].ref.version,
        "bodies": [body.ref.body for body in bodies],
        "views": [{"key": view.key, "body": view.body} for body in bodies for view in body.views],
        "regions": [
            {
                "id": region.id,
                "side": region.side,
                "body": body.ref.body,
                "area_cm2": region.area_cm2,
                "chart_area_error_p95": region.accuracy.area_error_p95,
            }
            for body in bodies
            for region in body.regions
        ],
    }
