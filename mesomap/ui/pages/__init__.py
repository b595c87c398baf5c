"""Whole pages of the window: patients, charting."""
