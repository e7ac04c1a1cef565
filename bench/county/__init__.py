"""A county's disclosures of several years, made up and drawn: the same files for the same seed and fonts."""
