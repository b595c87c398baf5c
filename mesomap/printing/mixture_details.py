"""What stands under the name of a mixture on paper: products with lots, concentrations, the preparation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from mesomap.domain.exact import shown
from mesomap.domain.mixing import MixedSubstance, Unknown, mixed_substances, mixed_volume
from mesomap.domain.mixture import LineRole, MixtureDetails, MixtureLine
from mesomap.printing.plain_text import printable
from mesomap.printing.sheet import UNITS, Weight, paper_font, wrapped
from mesomap.printing.wording import DASH, day, ml, moment, tr

SIZE = 7.0
LINE_PT = 9.4
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class DetailLine:
    """One printed line. strong: an expired or recalled lot, a reason for an allergy."""

    text: str
    strong: bool = False


def detail_lines(
    details: MixtureDetails | None, width_pt: float, on: date, recalled: Iterable[UUID] = ()
) -> tuple[DetailLine, ...]:
    """Every line under a mixture; on: the day of the session, by which a lot had expired. recalled: ids of lots."""
    if details is None or not details.lines:
        return ()
    lots = frozenset(recalled)
    found: list[DetailLine] = []
    for line in details.lines:
        found += _wrapped(_product_words(line), width_pt)
        for words in _warnings(line, on, lots):
            found += _wrapped(words, width_pt, strong=True)
    found += _wrapped(_mixed_words(details), width_pt)
    found += _wrapped(_preparation_words(details), width_pt)
    return tuple(found)


def _product_words(line: MixtureLine) -> str:
    roles = {LineRole.DILUENT: tr("diluent"), LineRole.ANAESTHETIC: tr("anaesthetic")}
    parts = [line.product_name]
    if line.role in roles:
        parts.append(roles[line.role])
    parts.append(f"{ml(float(line.volume_ml))} mL" if line.volume_ml is not None else tr("volume not recorded"))
    parts.append(f"{tr('lot')} {line.lot_number}" if line.lot_number else tr("lot not recorded"))
    if line.expiry is not None:
        parts.append(f"{tr('expiry')} {expiry_text(line.expiry)}")
    if not line.composition_known:
        parts.append(tr("composition not recorded"))
    return " · ".join(parts)


def _warnings(line: MixtureLine, on: date, recalled: frozenset[UUID]) -> Iterable[str]:
    if line.lot_id in recalled:
        yield f"{tr('Lot recalled')}: {line.lot_number}"
    if line.expiry is not None and line.expiry < on:
        yield f"{tr('Lot expired')} {expiry_text(line.expiry)}: {line.lot_number or DASH}"
    if line.reason:
        yield f"{tr('Matches a recorded allergy; reason')}: {line.reason}"


def _mixed_words(details: MixtureDetails) -> str:
    rows = mixed_substances(details)
    volume = mixed_volume(details)
    total = f"{'' if volume.complete else '≥ '}{ml(float(volume.ml))} mL"
    said = [f"{tr('total')} {total}", *(f"{row.name} {_figure(row)}" for row in rows)]
    return f"{tr('After mixing')}: {', '.join(said)}"


def _figure(row: MixedSubstance) -> str:
    if row.per_ml is not None and row.measure is not None:
        figure = f"{shown(row.per_ml)} {row.measure.value}/mL"
        return figure if row.complete else f"≥ {figure}"
    if row.unknown is Unknown.POTENCY:
        return f"{row.potency} ({tr('no concentration')})"
    return f"({tr('concentration not recorded')})" if row.unknown is Unknown.NO_CONCENTRATION else DASH


def _preparation_words(details: MixtureDetails) -> str:
    parts = []
    if details.prepared_by or details.prepared_at or details.prepared_where:
        who = [part for part in (details.prepared_by, details.prepared_where) if part]
        if details.prepared_at is not None:
            who.append(moment(details.prepared_at))
        parts.append(f"{tr('Prepared')}: {', '.join(who)}")
    if details.use_by is not None:
        parts.append(f"{tr('use by')} {moment(details.use_by)}")
    if details.fills is not None:
        parts.append(f"{tr('syringe filled')} {details.fills} ×")
    if details.discarded_ml is not None:
        parts.append(f"{tr('discarded')} {ml(float(details.discarded_ml))} mL")
    if details.remark:
        parts.append(details.remark)
    return " · ".join(parts)


def expiry_text(expiry: date) -> str:
    """03/2027 for the end of a month, else the day."""
    return f"{expiry:%m/%Y}" if (expiry + timedelta(days=1)).day == 1 else day(expiry)


def _wrapped(text: str, width_pt: float, *, strong: bool = False) -> list[DetailLine]:
    if not text:
        return []
    weight = Weight.STRONG if strong else Weight.NORMAL
    plain = " ".join(printable(text).split("\n"))
    lines, rest = wrapped(plain, paper_font(SIZE, weight), width_pt * UNITS, _MOST_LINES)
    if rest and lines:
        lines[-1] = f"{lines[-1][:-2].rstrip()}…"
    return [DetailLine(line, strong) for line in lines]
