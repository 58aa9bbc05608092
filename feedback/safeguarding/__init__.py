"""Keep safe: screening of what was written, and the concerns a person must look at."""
