"""Tabulate, protect, check by a second person, publish: the one door for numbers."""
