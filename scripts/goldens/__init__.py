"""Goldens: what the pipeline makes of every fixture, as text that a person can review as a diff."""
