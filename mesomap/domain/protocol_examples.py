"""Protocols shipped as examples: what the sources name, nothing more. A practice edits or removes them."""

import json
from collections.abc import Callable
from datetime import datetime
from importlib import resources
from typing import Any
from uuid import UUID

from mesomap.domain.protocol import Protocol, ProtocolKind, ProtocolStep


def example_protocols(new_id: Callable[[], UUID], entered_at: datetime) -> tuple[Protocol, ...]:
    """The examples in the order of the table, each with an id of its own.

    Depth and volume stand only where the source states them; what is left open is asked at the chair.
    """
    text = resources.files("mesomap.domain").joinpath("data/protocol_examples.json").read_text(encoding="utf-8")
    return tuple(_protocol(row, new_id(), entered_at) for row in json.loads(text)["examples"])


def _protocol(row: dict[str, Any], entry_id: UUID, entered_at: datetime) -> Protocol:
    least, most = row["sessions"]
    soonest, latest = row["interval_days"]
    return Protocol(
        id=entry_id,
        entered_at=entered_at,
        name=row["name"],
        kind=ProtocolKind(row["kind"]),
        indication_keys=tuple(row["indications"]),
        steps=tuple(_step(step) for step in row["steps"]),
        sessions_min=least,
        sessions_max=most,
        interval_min_days=soonest,
        interval_max_days=latest,
        schedule=row["schedule"],
        sources=row["sources"],
        remark=row["remark"],
        example=True,
    )


def _step(row: dict[str, Any]) -> ProtocolStep:
    return ProtocolStep(**{**row, "regions": tuple(row["regions"])})
