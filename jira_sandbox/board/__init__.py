"""The sandbox's own pages: a board to move issues by hand, and the switches for its faults."""
