"""Which pieces of a comment identify somebody; pure, so that it can be measured on any text."""
