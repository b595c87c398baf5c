"""The command that follows a lot: recall."""

import sys

import click

from mesomap.cli.home import home_option, open_practice, say
from mesomap.cli.output import number, print_json, print_table
from mesomap.cli.reading import json_option
from mesomap.domain.recall import LotSession, LotTrace
from mesomap.services.recall import find_lots, trace_csv, trace_lot


@click.command()
@click.argument("lot")
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="CSV on stdout, one row for each mark.")
@home_option
def recall(lot: str, as_json: bool, as_csv: bool) -> None:
    """Where LOT went: every session, patient, region and mark, and what is left of it on paper."""
    if as_json and as_csv:
        raise click.UsageError("Choose --json or --csv.")
    with open_practice() as practice:
        traces = [trace_lot(practice, found) for found in find_lots(practice, lot)]
    if as_json:
        print_json([_trace_json(trace) for trace in traces])
    elif as_csv:
        tables = [trace_csv(trace, bom=False).decode("utf-8").split("\r\n", 1) for trace in traces]
        click.echo("\r\n".join([tables[0][0], "".join(rows for _, rows in tables)]), nl=False)
    else:
        for trace in traces:
            _print(trace)
    sys.stdout.flush()


def _print(trace: LotTrace) -> None:
    product = trace.product.name if trace.product is not None else "product not recorded"
    expiry = f"{trace.lot.expiry:%Y-%m}" if trace.lot.expiry else "not recorded"
    say(f"Lot {trace.lot.number} of {product}, expiry {expiry}.")
    if trace.recall is not None:
        say(f"Recalled on {trace.recall.dated:%Y-%m-%d}: {trace.recall.reason}")
    heads = ("chart", "started", "status", "patient", "name", "mixture", "regions", "points", "drawn mL")
    print_table(heads, [_row(one) for one in trace.sessions])
    limit = "" if trace.complete else "at most "
    left = "not known how much was bought" if trace.left_ml is None else f"{limit}{trace.left_ml} mL left on paper"
    say(f"{len(trace.counted)} sessions, {trace.patients} patients, {trace.marks} marks; {left}.")


def _row(one: LotSession) -> tuple[str, ...]:
    return (
        str(one.number),
        one.started_at.isoformat(timespec="minutes"),
        one.status.value,
        one.patient_number,
        f"{one.family_name}, {one.given_name}",
        " ".join(one.letters),
        ", ".join(one.region_ids) or "–",
        f"about {one.points}" if one.about else str(one.points),
        "–" if one.known_ml is None else ("" if one.complete else "≥ ") + number(float(one.known_ml), 2),
    )


def _trace_json(trace: LotTrace) -> dict[str, object]:
    """Volumes drawn up are texts of decimals, as they were entered."""
    return {
        "lot": trace.lot.number,
        "lot_id": str(trace.lot.id),
        "product": trace.product.name if trace.product is not None else None,
        "expiry": trace.lot.expiry.isoformat() if trace.lot.expiry else None,
        "recall": None
        if trace.recall is None
        else {"date": trace.recall.dated.isoformat(), "reason": trace.recall.reason, "source": trace.recall.source},
        "patients": trace.patients,
        "marks": trace.marks,
        "drawn_ml": str(trace.drawn_ml),
        "left_ml": None if trace.left_ml is None else str(trace.left_ml),
        "complete": trace.complete,
        "sessions": [
            {
                "id": str(one.id),
                "number": one.number,
                "date": one.started_at.isoformat(),
                "status": one.status.value,
                "practitioner": one.practitioner,
                "patient_id": str(one.patient_id),
                "patient_number": one.patient_number,
                "mixtures": list(one.letters),
                "drawn_ml": None if one.known_ml is None else str(one.known_ml),
                "marks": [
                    {
                        "id": str(mark.id),
                        "mixture": mark.letter,
                        "technique": mark.technique,
                        "regions": list(mark.region_ids),
                        "points": mark.points,
                        "about": mark.about,
                        "volume_ml": mark.volume_ml,
                    }
                    for mark in one.marks
                ],
            }
            for one in trace.sessions
        ],
    }
