"""What all formats of sheets share: how a value is displayed, and which cells of a sheet are tables."""
