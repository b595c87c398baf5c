"""Tools: each a small state that owns one gesture; Escape reverts it."""
