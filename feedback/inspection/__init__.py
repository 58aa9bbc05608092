"""Seeded, time-boxed, logged inspection samples for inspectors."""
