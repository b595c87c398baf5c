"""QPainter functions and one frozen RenderContext: screen, paper and thumbnail cannot disagree."""
