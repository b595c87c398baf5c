"""Read a session file: everything in it, or nothing and one sentence that names the place."""

from pathlib import Path

from mesomap.atlas import Atlas
from mesomap.domain.complaint import Complaint
from mesomap.domain.errors import BadInputError, NewerVersionError, NotFoundError
from mesomap.domain.marks import Mark
from mesomap.domain.patient import Patient, Sex, check_body_size
from mesomap.domain.place import AtlasRef
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Frame, Session, SessionStatus
from mesomap.exchange.contents import FORMAT, NO_PATIENT, VERSION, SessionContents
from mesomap.exchange.fields import Field
from mesomap.exchange.mark_fields import MAX_POINTS, MarkReader
from mesomap.exchange.mixture_fields import read_mixtures
from mesomap.exchange.places import PlaceReader
from mesomap.exchange.plan_fields import MAX_PLANNED, PlanReader, check_plan_ids
from mesomap.exchange.session_fields import MAX_COMPLAINTS, ComplaintReader, check_end, read_frame
from mesomap.exchange.strict_json import MAX_BYTES, load

MAX_MARKS = 20_000


def read_session_file(path: Path, atlas: Atlas) -> SessionContents:
    """Read the session file at this path on this body.

    Raises NotFoundError (no such file), NewerVersionError, or BadInputError with the path of what is wrong
    inside the file; the sentence begins with the file's name.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {path.name} in that folder.") from None
    except OSError as error:
        raise BadInputError(f"{path.name} cannot be read: {error.strerror or 'unknown reason'}.") from None
    try:
        return read_session_text(data, atlas)
    except BadInputError as error:
        raise type(error)(f"{path.name} was not taken in. {error.sentence}") from None


def body_named(path: Path) -> str:
    """The body that a session file says it was charted on; nothing when it says none that can be read.

    Never raises: reading the file itself says what is wrong with it.
    """
    try:
        with path.open("rb") as file:
            page = load(file.read(MAX_BYTES + 1))
    except (OSError, BadInputError):
        return ""
    atlas = page.get("atlas") if isinstance(page, dict) else None
    body = atlas.get("body") if isinstance(atlas, dict) else None
    return body if isinstance(body, str) else ""


def read_session_text(data: bytes, atlas: Atlas) -> SessionContents:
    """Read the bytes of a session file. Raises NewerVersionError or BadInputError; see read_session_file."""
    top = Field("", load(data))
    _check_header(top)
    top.keys(
        required=("format", "version", "atlas", "session", "marks"),
        allowed=("patient", "complaints", "plan", "written_by", "written_at", "note"),
    )
    for key in ("written_by", "written_at", "note"):
        top.optional(key, Field.text, "")
    same_version = _check_atlas(top.get("atlas"), atlas)
    patient = _patient(top.get("patient"), atlas) if top.has("patient") else None
    session = _session(top.get("session"), atlas, patient)

    places = PlaceReader(atlas, same_version)
    reader = MarkReader(atlas, places, session.id, session.started_at)
    builds = [reader.read(mark, i) for i, mark in enumerate(top.get("marks").items(most=MAX_MARKS))]
    drawing = ComplaintReader(atlas, places, session.id, session.started_at)
    drawn = []
    if top.has("complaints"):
        drawn = [drawing.read(one, i) for i, one in enumerate(top.get("complaints").items(most=MAX_COMPLAINTS))]
    planning, plans = PlanReader(reader), []
    if top.has("plan"):
        plans = [planning.read(one, i) for i, one in enumerate(top.get("plan").items(most=MAX_PLANNED))]
    found = places.resolve()
    if len(found) > 10 * MAX_POINTS:
        top.get("marks").fail(f"more than {10 * MAX_POINTS:,} places.")
    marks = tuple(build(found) for build in builds)
    complaints = tuple(build_one(found) for build_one in drawn)
    planned = tuple(build_plan(found) for build_plan in plans)
    _check_ids(session, marks, complaints, planned)
    check_plan_ids(marks, planned)
    return SessionContents(session=session, marks=marks, patient=patient, complaints=complaints, planned=planned)


def _check_header(top: Field) -> None:
    if not isinstance(top.value, dict) or top.value.get("format") != FORMAT:
        raise BadInputError(f"This is not a MesoMap session file (“format” is not “{FORMAT}”).")
    version = top.get("version").whole(1, 1_000_000)
    if version > VERSION:
        raise NewerVersionError(
            f"This session file has version {version}; this MesoMap reads version {VERSION}. "
            "Use a newer MesoMap."
        )


def _check_atlas(ref: Field, atlas: Atlas) -> bool:
    """True when the file names an atlas version with this very skin. Another atlas or body is refused."""
    ref.keys(required=("id", "body"), allowed=("version",))
    name, body = ref.get("id").text(100), ref.get("body").text(100)
    if (name, body) != (atlas.ref.id, atlas.ref.body):
        ref.fail(
            f"the file was charted on the body “{name[:40]}” ({body[:40]}); "
            f"here is “{atlas.ref.id}” ({atlas.ref.body})."
        )
    return atlas.reads(AtlasRef(name, ref.optional("version", lambda f: f.text(40), ""), body))


def _patient(field: Field, atlas: Atlas) -> Patient:
    field.keys(
        required=("id", "number", "family_name"),
        allowed=(
            "given_name", "birth_date", "sex", "body", "height_cm", "weight_kg", "phototype", "allergies",
            "notes",
        ),
    )  # fmt: skip
    height = field.optional("height_cm", lambda f: f.number(40.0, 250.0, "cm"), None)
    weight = field.optional("weight_kg", lambda f: f.number(2.0, 400.0, "kg"), None)
    field.checked(lambda: check_body_size(height, weight))
    sexes = [sex.value for sex in Sex]
    return Patient(
        id=field.get("id").uuid(),
        number=field.get("number").text(60),
        family_name=field.get("family_name").text(200),
        given_name=field.optional("given_name", lambda f: f.text(200), ""),
        birth_date=field.optional("birth_date", Field.day, None),
        sex=Sex(field.optional("sex", lambda f: f.one_of(sexes, "a sex"), Sex.UNKNOWN.value)),
        body=field.optional("body", lambda f: f.one_of((atlas.ref.body,), "a body"), atlas.ref.body),
        height_cm=height,
        weight_kg=weight,
        phototype=field.optional("phototype", lambda f: f.text(40), ""),
        allergies=tuple(f.text(500) for f in field.get("allergies").items(most=200))
        if field.has("allergies")
        else (),
        notes=field.optional("notes", Field.text, ""),
    )


def _session(field: Field, atlas: Atlas, patient: Patient | None) -> Session:
    field.keys(
        required=("id", "started_at"),
        allowed=(
            "number", "status", "patient_scale", "scale_basis", "indication", "practitioner", "mixtures",
            "remark", "citation", "frame",
        ),
    )  # fmt: skip
    field.optional("number", lambda f: f.whole(0, 10_000_000), 0)
    status = field.optional(
        "status", lambda f: f.one_of([s.value for s in SessionStatus], "a status"), "draft"
    )
    if status != SessionStatus.DRAFT:
        field.get("status").fail("only a draft can be taken in; a signed record stays where it was signed.")
    scale, basis = 1.0, ""
    if field.has("patient_scale"):
        scale = field.get("patient_scale").number(0.2, 3.0)
        basis = field.optional("scale_basis", lambda f: f.text(200), "")
    elif patient is not None:
        own = atlas.scale_for(patient.height_cm, patient.weight_kg)
        scale, basis = own.length, own.basis
    started_at = field.get("started_at").moment()
    frame = field.optional("frame", lambda f: check_end(f, read_frame(f), started_at), Frame())
    return Session(
        id=field.get("id").uuid(),
        patient_id=patient.id if patient is not None else NO_PATIENT,
        number=0,
        started_at=started_at,
        atlas=AtlasRef(atlas.ref.id, atlas.ref.version, atlas.ref.body),
        patient_scale=scale,
        scale_basis=basis,
        indication=field.optional("indication", lambda f: f.text(500), ""),
        practitioner=field.optional("practitioner", lambda f: f.text(200), ""),
        mixtures=read_mixtures(field.get("mixtures")) if field.has("mixtures") else (),
        remark=field.optional("remark", Field.text, ""),
        citation=field.optional("citation", Field.text, ""),
        frame=frame,
    )


def _check_ids(
    session: Session, marks: tuple[Mark, ...], complaints: tuple[Complaint, ...], planned: tuple[PlannedMark, ...]
) -> None:
    """Every id stands in the file once."""
    seen = {session.id}
    for name, records in (("marks", marks), ("complaints", complaints), ("plan", planned)):
        for i, record in enumerate(records):
            if record.id in seen:
                Field(f"{name}[{i}].id", None).fail("this id stands in the file twice.")
            seen.add(record.id)
