"""Mixtures at the chair: the card of the syringe panel, its rows, and what they say."""
