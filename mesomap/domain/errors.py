"""Errors that a person may see. Each carries one plain sentence: what, where, what to do."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    USAGE = 2
    BAD_INPUT = 3
    DAMAGED = 4
    IN_USE = 5


class MesoMapError(Exception):
    """Base of every error whose text may be shown to a person as it stands."""

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadInputError(MesoMapError):
    """A value, file or request that cannot be accepted; nothing was changed."""


class WrongPassphraseError(BadInputError):
    """The key file is whole, but the passphrase (or recovery code) does not open it."""


class NotWritableError(BadInputError):
    """A folder or file cannot be written."""


class NotFoundError(BadInputError):
    """A patient, session, technique, region or file that was asked for is not there."""


class StoppedError(BadInputError):
    """The person stopped the work; nothing was changed."""


class NewerVersionError(BadInputError):
    """The file was written by a newer MesoMap; it was not touched."""


class DamagedError(MesoMapError):
    """A file of ours is damaged, incomplete or foreign; it was not touched."""

    exit_code = ExitCode.DAMAGED


class InUseError(MesoMapError):
    """Another MesoMap holds the home folder."""

    exit_code = ExitCode.IN_USE
