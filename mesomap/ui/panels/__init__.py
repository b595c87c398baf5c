"""The panels around the canvas: top bar, view strip, dose, tally, tools."""
