"""LISTENING: keep safe, keep anonymous, tell, and answer back."""
