"""Entries as plain JSON values and back, by the types of their fields.

Every digest of an entry rests on this: the value of a type must never be written differently. A field that equals its
default is left out, so that a field added later changes no older digest.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from mesomap.domain.errors import BadInputError

Decoder = Callable[[Any], Any]
T = TypeVar("T")
_KNOWN: dict[type[Any], dict[str, Decoder]] = {}


def plain_fields(record: Any) -> dict[str, Any]:
    """The fields of a dataclass as plain JSON values, without those that equal their default.

    Raises BadInputError for a time without an offset, TypeError for a type that entries never have.
    """
    found: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.default is not MISSING and _same(value, field.default):
            continue
        found[field.name] = _plain(value)
    return found


def _same(value: Any, default: Any) -> bool:
    """Equal and of one type: 1 is not 1.0, and 1.0 mL is not 1.00 mL."""
    return type(value) is type(default) and value == default and str(value) == str(default)


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise BadInputError("A time without its offset from UTC cannot be recorded.")
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return plain_fields(value)
    raise TypeError(f"an entry holds no {type(value).__name__}")


def built(kind: type[T], data: dict[str, Any]) -> T:
    """The dataclass whose plain_fields these are. Raises ValueError, KeyError or TypeError for anything else."""
    decoders = _decoders(kind)
    return kind(**{name: decoders[name](value) for name, value in data.items()})


def _decoders(kind: type[Any]) -> dict[str, Decoder]:
    if kind not in _KNOWN:
        hints = get_type_hints(kind)
        _KNOWN[kind] = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    return _KNOWN[kind]


def _decoder(hint: Any) -> Decoder:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not NoneType)
        decode = _decoder(inner)
        return lambda value: None if value is None else decode(value)
    if origin is tuple:
        item, more = get_args(hint)
        if more is not Ellipsis:
            raise TypeError("an entry holds tuples of one type only")
        decode = _decoder(item)
        return lambda value: tuple(decode(one) for one in value)
    if hint in (datetime, date):
        return lambda value: hint.fromisoformat(value)
    if hint is float:
        return float
    if hint in (str, int, bool):
        return lambda value: _of_type(hint, value)
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda value: built(hint, value)
    if hint in (Decimal, UUID) or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return lambda value: hint(_of_type(str, value))
    raise TypeError(f"an entry holds no {hint}")


def _of_type(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected")
    return value
