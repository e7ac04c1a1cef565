"""Pure geometry: words and rules in, grids out."""
