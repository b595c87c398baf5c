"""MesoMap charts mesotherapy micro-injections on the skin of one three-dimensional body."""

__version__ = "0.1.0"
