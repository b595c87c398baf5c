"""The canvas: one widget that paints cached layers and turns pointer events into gestures."""
