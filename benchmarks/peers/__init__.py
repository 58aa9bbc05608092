"""Other ways to ask the same twelve questions on the same machine, each set up as its documentation says."""
