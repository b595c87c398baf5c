"""A patient's history: visits as cards with their maps, what is open, what was given where."""
