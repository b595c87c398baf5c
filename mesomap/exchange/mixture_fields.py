"""How a mixture was made, as it stands in a session file. Figures are texts of decimals, so that nothing is rounded."""

import re
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from mesomap.domain.lot import folded_lot
from mesomap.domain.mixture import (
    MAX_LINES,
    MAX_WORDS,
    MOST_FILLS,
    LineRole,
    MixtureDetails,
    MixtureLine,
    check_details,
)
from mesomap.domain.session import MIXTURE_LETTERS, Mixture
from mesomap.domain.substance import ConcentrationUnit, SubstanceAmount
from mesomap.exchange.fields import Field

_DECIMAL = re.compile(r"[0-9]{1,10}(\.[0-9]{1,12})?")
_PREPARATION = ("prepared_by", "prepared_where", "prepared_at", "use_by", "discarded_ml", "fills", "remark")
_MAX_SUBSTANCES = 60
#: Ids of products and lots that a file names in words only: the same words are the same lot, in whatever file.
_NAMED = uuid5(NAMESPACE_URL, "mesomap:named-in-a-session-file")


def read_mixtures(field: Field) -> tuple[Mixture, ...]:
    """The mixtures of a session. Raises BadInputError naming the path of what is wrong."""
    found: dict[str, Mixture] = {}
    for item in field.items(most=len(MIXTURE_LETTERS)):
        item.keys(required=("letter",), allowed=("name", "drawn_ml", "details"))
        letter = item.get("letter").one_of(tuple(MIXTURE_LETTERS), "a mixture letter")
        if letter in found:
            item.get("letter").fail(f"mixture {letter} stands here twice.")
        found[letter] = Mixture(
            letter=letter,
            name=item.optional("name", lambda f: f.text(500), ""),
            drawn_ml=item.optional("drawn_ml", lambda f: f.number(0.0, 1000.0, "mL"), None),
            details=item.optional("details", _details, None),
        )
    return tuple(found.values())


def written_mixture(mixture: Mixture) -> dict[str, object]:
    """A mixture as it is written, without what is not recorded."""
    known: dict[str, object] = {"letter": mixture.letter, "name": mixture.name}
    if mixture.drawn_ml is not None:
        known["drawn_ml"] = mixture.drawn_ml
    if mixture.details is not None:
        known["details"] = _written_details(mixture.details)
    return known


def _written_details(details: MixtureDetails) -> dict[str, object]:
    return _recorded(
        {
            "lines": [_written_line(line) for line in details.lines],
            "prepared_by": details.prepared_by,
            "prepared_where": details.prepared_where,
            "prepared_at": details.prepared_at.isoformat() if details.prepared_at else None,
            "use_by": details.use_by.isoformat() if details.use_by else None,
            "discarded_ml": _text(details.discarded_ml),
            "fills": details.fills,
            "remark": details.remark,
            "favourite": _id(details.favourite_id),
        }
    )


def _written_line(line: MixtureLine) -> dict[str, object]:
    return _recorded(
        {
            "role": "" if line.role is LineRole.PRODUCT else line.role.value,
            "product": line.product_name,
            "product_id": _id(line.product_id),
            "lot": line.lot_number,
            "lot_id": _id(line.lot_id),
            "vial_id": _id(line.vial_id),
            "expiry": line.expiry.isoformat() if line.expiry else None,
            "volume_ml": _text(line.volume_ml),
            "substances": [
                _recorded(
                    {
                        "name": one.name,
                        "system": one.system,
                        "code": one.code,
                        "concentration": _text(one.concentration),
                        "unit": one.unit.value if one.unit else None,
                        "potency": one.potency,
                    }
                )
                for one in line.substances
            ],
            "reason": line.reason,
        }
    )


def _details(field: Field) -> MixtureDetails:
    field.keys(required=(), allowed=("lines", "favourite", *_PREPARATION))
    lines = tuple(_line(item) for item in field.get("lines").items(most=MAX_LINES)) if field.has("lines") else ()
    made = MixtureDetails(
        lines=lines,
        prepared_by=field.optional("prepared_by", _words, ""),
        prepared_where=field.optional("prepared_where", _words, ""),
        prepared_at=field.optional("prepared_at", Field.moment, None),
        use_by=field.optional("use_by", Field.moment, None),
        discarded_ml=field.optional("discarded_ml", _decimal, None),
        fills=field.optional("fills", lambda f: f.whole(0, MOST_FILLS), None),
        remark=field.optional("remark", lambda f: f.text(10 * MAX_WORDS), ""),
        favourite_id=field.optional("favourite", Field.uuid, None),
    )
    field.checked(lambda: check_details(made))
    return made


def _line(field: Field) -> MixtureLine:
    field.keys(
        required=("product",),
        allowed=(
            "role", "product_id", "lot", "lot_id", "vial_id", "expiry", "volume_ml", "substances", "reason",
        ),
    )  # fmt: skip
    name, lot = field.get("product").text(MAX_WORDS), field.optional("lot", _words, "")
    product_id = field.optional("product_id", Field.uuid, None)
    lot_id = field.optional("lot_id", Field.uuid, None)
    if field.has("substances"):
        items = field.get("substances").items(most=_MAX_SUBSTANCES)
        substances = tuple(_substance(item) for item in items)
    else:
        substances = ()
    return MixtureLine(
        role=LineRole(field.optional("role", lambda f: f.one_of([r.value for r in LineRole], "a role"), "product")),
        product_id=product_id or (_named(name) if folded_lot(lot) else None),
        lot_id=lot_id or (_named(name, folded_lot(lot)) if folded_lot(lot) else None),
        product_name=name,
        lot_number=lot,
        expiry=field.optional("expiry", Field.day, None),
        volume_ml=field.optional("volume_ml", _decimal, None),
        substances=substances,
        vial_id=field.optional("vial_id", Field.uuid, None),
        reason=field.optional("reason", lambda f: f.text(10 * MAX_WORDS), ""),
    )


def _substance(field: Field) -> SubstanceAmount:
    field.keys(required=("name",), allowed=("system", "code", "concentration", "unit", "potency"))
    units = [unit.value for unit in ConcentrationUnit]
    unit = field.optional("unit", lambda f: f.one_of(units, "a unit"), None)
    return SubstanceAmount(
        name=field.get("name").text(MAX_WORDS),
        system=field.optional("system", _words, ""),
        code=field.optional("code", _words, ""),
        concentration=field.optional("concentration", _decimal, None),
        unit=ConcentrationUnit(unit) if unit is not None else None,
        potency=field.optional("potency", _words, ""),
    )


def _named(name: str, lot: str = "") -> UUID:
    return uuid5(_NAMED, f"{' '.join(name.split()).casefold()}\n{lot}")


def _decimal(field: Field) -> Decimal:
    text = field.text(30)
    if not _DECIMAL.fullmatch(text):
        field.fail("a figure in quotes is needed here, such as “2.5”, with at most twelve decimal places.")
    return Decimal(text)


def _words(field: Field) -> str:
    return field.text(MAX_WORDS)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _recorded(fields: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value is not None and value not in ("", [])}
