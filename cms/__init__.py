"""SHOWING: Wagtail."""
