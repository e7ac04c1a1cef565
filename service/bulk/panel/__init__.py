"""Panels: agency by year by item, one canonical source for each question, with what is missing and why."""
