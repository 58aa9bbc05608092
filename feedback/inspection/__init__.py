"""Inspections: who is let in until when, and the one sample of an area and a year that they see on sheets."""
