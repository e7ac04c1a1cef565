"""A result in other shapes: CSV for statistics, a workbook, a page to read, and the JSON Schema."""
