"""Accounting identities: one file per kind of check that the YAML may name."""
