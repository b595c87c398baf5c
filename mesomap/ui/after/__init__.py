"""What is heard, seen, scored and measured after a treatment."""
