"""Signing, amending and voiding in the window; people, audit and the patient's rights on the pages."""
