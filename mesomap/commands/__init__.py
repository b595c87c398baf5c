"""Every edit as a command that yields the changes it makes; and the undo stack."""

from mesomap.commands.command import Command
from mesomap.commands.edit_marks import ReplaceMarks
from mesomap.commands.marks import EraseMarks, FillRegion, PlaceInjections, check_place
from mesomap.commands.mirror import AlsoMirrored, MirrorMarks
from mesomap.commands.records import (
    EditPatient,
    EditSession,
    ImportSession,
    NewPatient,
    NewSession,
    SetMixture,
)
from mesomap.commands.undo_stack import StackEntry, UndoStack

__all__ = [
    "AlsoMirrored",
    "Command",
    "EditPatient",
    "EditSession",
    "EraseMarks",
    "FillRegion",
    "ImportSession",
    "MirrorMarks",
    "NewPatient",
    "NewSession",
    "PlaceInjections",
    "ReplaceMarks",
    "SetMixture",
    "StackEntry",
    "UndoStack",
    "check_place",
]
