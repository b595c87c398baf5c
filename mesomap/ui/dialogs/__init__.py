"""The few questions that need an answer first: passphrase, new patient, new session."""
