"""What it means: a Document in, records and findings out. Pure: no disk but its own data, no clock, no network."""
