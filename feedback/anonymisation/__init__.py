"""From the vault to coded responses: what may be counted, without what identifies."""
