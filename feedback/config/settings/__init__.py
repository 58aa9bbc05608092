"""Settings: base for all, dev for a laptop, test for the tests, production hardens only."""
