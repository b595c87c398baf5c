"""Area, overlap, density, spacing and fills, on the skin charts."""
