"""How scanned pages are read, held against what the same pages say as text."""
