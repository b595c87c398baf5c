"""The audit in a file: CSV for a spreadsheet, PDF for a reader. Made beside the window."""

from datetime import datetime
from pathlib import Path

from mesomap.services.audit_owners import AuditOwners
from mesomap.services.audit_reading import field_changes
from mesomap.services.letterhead import letterhead
from mesomap.services.practice import Practice
from mesomap.storage.audit_rows import AuditFilter, AuditLine
from mesomap.ui.trust.audit_words import action_words, field_words, kind_words, moment_words, owner_words, tr

_MOST_CSV, _MOST_PDF = 200_000, 3_000


def change_words(line: AuditLine) -> str:
    """What a row changed, in one text."""
    if line.erased:
        return tr("erased")
    parts = []
    for change in field_changes(line):
        name = field_words(change.path)
        if change.before and change.after:
            parts.append(f"{name}: {change.before} → {change.after}")
        elif change.after:
            parts.append(f"{name}: {change.after}")
        else:
            parts.append(tr("{0}: {1} (taken away)").format(name, change.before))
    return "; ".join(parts)


def audit_csv(practice: Practice, wanted: AuditFilter, path: Path) -> str:
    """Write the rows that fit; returns a sentence on what was written. Raises NotWritableError."""
    from mesomap.exchange.csv_text import csv_bytes
    from mesomap.storage.files import write_atomic

    owners = AuditOwners(practice)
    rows = [
        (line.sequence, line.at, line.who, action_words(line.what), owner_words(owners.of(line)),
         kind_words(line.kind), line.record_id, change_words(line))
        for line in practice.audit.all_of(wanted, _MOST_CSV)
    ]  # fmt: skip
    head = (
        tr("number"),
        tr("when"),
        tr("who"),
        tr("what"),
        tr("whose"),
        tr("record"),
        tr("id"),
        tr("before and after"),
    )
    write_atomic(path, csv_bytes(head, rows))
    return _written(len(rows), _MOST_CSV, path)


def audit_pdf(practice: Practice, wanted: AuditFilter, path: Path) -> str:
    """As audit_csv, on pages with the letterhead and the code of the chain."""
    from mesomap.printing.text_document import TextDocument
    from mesomap.storage.files import write_atomic

    code = practice.audit_code
    moment = datetime.now().astimezone()
    foot = f"MesoMap · {moment_words(moment.isoformat(timespec='seconds'))} · {tr('audit code')} {code}"
    document = TextDocument(tr("Audit"), letterhead(practice).lines, foot)
    shares = (1.0, 2.5, 2.1, 2.0, 2.6, 6.4)
    document.line((tr("No."), tr("when"), tr("who"), tr("what"), tr("record"), tr("before and after")), shares,
                  strong=True)  # fmt: skip
    count, owners = 0, AuditOwners(practice)
    for line in practice.audit.all_of(wanted, _MOST_PDF):
        count += 1
        document.line(
            (str(line.sequence), moment_words(line.at), line.who or "–", action_words(line.what),
             _record(line, owners), change_words(line)[:1500]),
            shares,
        )  # fmt: skip
    write_atomic(path, document.pdf())
    return _written(count, _MOST_PDF, path)


def _record(line: AuditLine, owners: AuditOwners) -> str:
    whose = owner_words(owners.of(line))
    return f"{kind_words(line.kind)} · {whose}" if whose else kind_words(line.kind)


def _written(count: int, most: int, path: Path) -> str:
    words = tr("{0} rows in {1}.").format(count, path)
    return words if count < most else tr("The newest {0} rows in {1}; choose dates for older ones.").format(count, path)
