"""Build-time generator of the shipped body atlas (see docs/ATLAS_FORMAT.md). Never imported by the program itself."""
