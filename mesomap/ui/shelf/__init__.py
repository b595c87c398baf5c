"""Products, lots and recalls on the practice's page."""
