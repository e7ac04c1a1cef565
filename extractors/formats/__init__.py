"""One module per format; each states its FORMAT. No imports between siblings."""
