"""One suite per seam, run over everything that is plugged in there."""
