"""The window: pages, panels, canvas and tools. It shows and asks; services act."""
