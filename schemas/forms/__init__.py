"""Performance forms: one drawn frame that holds a head, fund rows, goals, indicators, a total and texts."""
