"""You said: we will, we did, or we can't, because."""
