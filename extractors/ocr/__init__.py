"""Pages that are pictures: straightened, their rules found, their words read by an engine, as runs and rules.

Knows pixels; knows no file format and nothing of what a table means. The same layout as for text then makes grids.
"""
