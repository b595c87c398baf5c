"""What is asked and signed before a treatment: cautions and consents."""
