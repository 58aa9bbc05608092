"""Waves in the field, the links and posters that lead to them, and the response rate."""
