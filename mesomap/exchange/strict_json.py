"""JSON read strictly: size and depth limited, no NaN or Infinity, no key twice in one object."""

import json
import math
from typing import NoReturn

from mesomap.domain.errors import BadInputError

#: Largest session file that is read, in bytes (a session of 100,000 points is about 6 MB).
MAX_BYTES = 32_000_000
#: Deepest nesting; a session file needs eight levels.
MAX_DEPTH = 24

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


class _RefusedError(ValueError):
    """Carries a plain sentence out of the parser's hooks."""


def load(data: bytes) -> Json:
    """The JSON value in these bytes (UTF-8, with or without byte order mark).

    Raises BadInputError with a plain sentence: too large, not UTF-8, not JSON (with line and column), NaN or
    Infinity, a number beyond floating point, a key twice in one object, nested too deeply.
    """
    if len(data) > MAX_BYTES:
        raise BadInputError(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB; that is not a session file."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(f"The file is not UTF-8 text (byte {error.start}).") from None
    _check_depth(text)
    try:
        value: Json = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_float=_finite_float,
            parse_int=_bounded_int,
            object_pairs_hook=_object_without_doubles,
        )
    except _RefusedError as refused:
        raise BadInputError(str(refused)) from None
    except json.JSONDecodeError as error:
        raise BadInputError(
            f"The file is not valid JSON: line {error.lineno}, column {error.colno}."
        ) from None
    except (RecursionError, ValueError):
        raise BadInputError("The file is not valid JSON.") from None
    return value


def _check_depth(text: str) -> None:
    """Count brackets outside strings, so that the parser's own recursion limit is never reached."""
    depth = 0
    in_string = False
    escaped = False
    for char in text:
        if in_string:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                in_string = False
        elif char == '"':
            in_string = True
        elif char in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise BadInputError(f"The file is nested more than {MAX_DEPTH} levels deep.")
        elif char in "]}":
            depth -= 1


def _refuse_constant(name: str) -> NoReturn:
    raise _RefusedError(f"The file holds {name} where a number is needed.")


def _finite_float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _RefusedError(f"The number {digits[:20]} in the file is too large.")
    return value


def _bounded_int(digits: str) -> int:
    if len(digits) > 18:
        raise _RefusedError(f"The number {digits[:20]}… in the file is too large.")
    return int(digits)


def _object_without_doubles(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            raise _RefusedError(f"The file names “{key[:60]}” twice in one place.")
        found[key] = value
    return found
