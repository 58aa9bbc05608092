"""Which coded responses an inspection sample holds; pure, so that anyone can draw it again."""
