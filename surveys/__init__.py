"""ASKING: what is asked, of whom, and what they answered."""
