"""The JSON Schema in docs and the reader say the same."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mesomap.domain.errors import BadInputError
from mesomap.domain.technique import techniques
from mesomap.exchange import SessionContents, read_session_text, session_text
from tests.unit.exchange.test_refusals import CASES, Spoil

DOCS = Path(__file__).parents[3] / "docs"
SCHEMA = json.loads((DOCS / "session.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_what_is_written_is_valid(contents: SessionContents, small_atlas: Any) -> None:
    VALIDATOR.validate(json.loads(session_text(contents)))
    VALIDATOR.validate(json.loads(session_text(contents, with_patient=True, in_views=small_atlas)))


@pytest.mark.parametrize(("spoil", "says"), CASES, ids=[says[:40] for _, says in CASES])
def test_what_the_schema_refuses_the_reader_refuses(
    document: dict[str, Any], small_atlas: Any, spoil: Spoil, says: str
) -> None:
    assert says
    spoil(document)
    if not VALIDATOR.is_valid(document):
        with pytest.raises(BadInputError):
            read_session_text(json.dumps(document).encode(), small_atlas)


def test_the_schema_lists_every_technique() -> None:
    assert SCHEMA["$defs"]["points"]["properties"]["technique"]["enum"] == list(techniques())


@pytest.mark.parametrize("file", sorted((DOCS / "examples").glob("*.json")), ids=lambda file: file.name)
def test_the_examples_are_valid(file: Path) -> None:
    VALIDATOR.validate(json.loads(file.read_text(encoding="utf-8")))
