"""Which home a command works on, its passphrase, and the practice that is open while it runs."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import UUID

import click

from mesomap.atlas import Atlas, Bodies
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.patient import Patient
from mesomap.domain.session import Session
from mesomap.services import Practice

_P = ParamSpec("_P")
_R = TypeVar("_R")


def home_option(command: Callable[_P, _R]) -> Callable[..., _R]:
    """Add --home to a command; the same option before the command's name serves, too."""

    @click.option(
        "--home", "own_home", type=click.Path(path_type=Path), help="Home folder (or MESOMAP_HOME)."
    )
    @wraps(command)
    def with_home(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        own = kwargs.pop("own_home", None)
        if own is not None:
            click.get_current_context().obj = own
        return command(*args, **kwargs)

    return with_home


def chosen_home() -> Path | None:
    """The home named on the command line, None for MESOMAP_HOME or the usual folder."""
    home = click.get_current_context().obj
    return home if isinstance(home, Path) else None


def passphrase() -> str:
    """The passphrase: MESOMAP_PASSPHRASE, or asked for when a person is there. Raises BadInputError."""
    given = os.environ.get("MESOMAP_PASSPHRASE")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise BadInputError("No passphrase: set MESOMAP_PASSPHRASE, or run this in a terminal to be asked.")
    asked: str = click.prompt("Passphrase", hide_input=True, err=True)
    return asked


@contextmanager
def open_practice() -> Iterator[Practice]:
    """The practice of the chosen home, closed at the end. Notices of opening go to stderr."""
    home = chosen_home()
    if not Practice.exists(home):
        raise NotFoundError(
            "There is no practice in that home folder. Start mesomap to set one up, or run: mesomap demo"
        )
    with Practice.open(home, passphrase()) as practice:
        for notice in practice.notices:
            say(notice)
        yield practice


def say(sentence: str) -> None:
    """A sentence for people: to stderr, so that stdout holds data alone."""
    click.echo(sentence, err=True)


def atlas_of(session: Session) -> Atlas:
    """The body that the session was charted on.

    Raises DamagedError, NotFoundError or NewerVersionError (not held here).
    """
    return Bodies().of(session.atlas)


def find_patient(practice: Practice, reference: str) -> Patient:
    """The patient of this id or number. Raises NotFoundError."""
    text = reference.strip()
    try:
        return practice.patient(UUID(text))
    except ValueError:
        pass
    for patient in practice.patients():
        if patient.number == text:
            return patient
    raise NotFoundError(f"There is no patient “{text[:60]}” in this practice.")
