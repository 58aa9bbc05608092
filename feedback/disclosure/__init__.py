"""Statistical disclosure control: which tables exist, which groups they show, the noise on every figure. Pure."""
