"""What a patient, a session, an injection, a mixture IS: frozen records, units and rules. Imports nothing of ours."""
