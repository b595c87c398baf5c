"""Session files in and out."""
