"""Session files in and out: strict reading, exact writing, nothing half-taken."""

from mesomap.exchange.contents import SessionContents
from mesomap.exchange.reader import body_named, read_session_file, read_session_text
from mesomap.exchange.same import same_content
from mesomap.exchange.writer import session_text, write_session_file

__all__ = [
    "SessionContents",
    "body_named",
    "read_session_file",
    "read_session_text",
    "same_content",
    "session_text",
    "write_session_file",
]
