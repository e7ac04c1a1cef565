"""Layout: literal rules, runs and grids."""
