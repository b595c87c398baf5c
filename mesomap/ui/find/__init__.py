"""Finding and counting over the whole practice, as the window shows it."""
