"""Every edit, as a command that yields a list of changes; the undo stack."""
