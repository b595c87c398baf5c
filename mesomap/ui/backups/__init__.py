"""Backups on screen: the section of the practice's page, the restore dialog, and the clock that makes backups."""
