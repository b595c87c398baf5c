"""Buttons and inputs drawn after the design system; each knows nothing of patients or sessions."""
