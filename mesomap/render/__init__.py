"""QPainter functions and one frozen RenderContext: screen, thumbnail and paper are drawn by the same code."""
