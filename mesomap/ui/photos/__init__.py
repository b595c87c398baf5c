"""Photographs on the patient's page: taken in, listed, before and after."""
