"""Documents are read in child processes that can do little, and are ended from outside: see docs/isolation.md.

Nothing here knows what a document is; nothing here is imported by a parser.
"""
