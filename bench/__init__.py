"""Measurements: accuracy and speed, beside yardsticks. Not shipped."""
