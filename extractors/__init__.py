"""What is printed: bytes in, a Document out. Knows nothing of accounting, disk, clock or network."""
