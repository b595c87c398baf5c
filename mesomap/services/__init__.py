"""Use cases: the only doorway for the window and the command line."""
