"""Load the body; view, skin and chart positions; what is under the pen; mirror; the patient's scale."""
