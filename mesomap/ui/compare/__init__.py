"""Visits compared: two maps side by side, one over the other, and their differences."""
