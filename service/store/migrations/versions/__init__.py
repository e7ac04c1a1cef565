"""One module per step; ``0001`` makes the tables."""
