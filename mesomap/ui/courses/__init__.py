"""Protocols, courses and what they cost, as the window shows them."""
