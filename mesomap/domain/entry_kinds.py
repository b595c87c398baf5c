"""Every kind of entry and where its class is; loaded when first met, as start-up time counts."""

from functools import cache
from importlib import import_module

from mesomap.domain.entry import Entry

#: Kind → module and class. A kind once released stays for ever.
ENTRY_KINDS: dict[str, tuple[str, str]] = {}


@cache
def entry_class(kind: str) -> type[Entry]:
    """The class of a kind. Raises KeyError for an unknown one."""
    module, name = ENTRY_KINDS[kind]
    found: type[Entry] = getattr(import_module(module), name)
    return found
