"""Photographs: taken in, shown, aligned, matched in tone. Pictures are decoded in a process of their own."""
