"""Approval tasks, and locks that explain themselves."""
