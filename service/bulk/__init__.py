"""Thousands of files into one dataset: a ledger that closes, execution anywhere, and what the results become."""
