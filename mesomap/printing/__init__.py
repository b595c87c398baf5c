"""Page layout to PDF."""
