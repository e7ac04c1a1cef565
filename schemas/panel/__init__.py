"""What results of many documents mean together: levels of record, canonical sources, breaks of series."""
