"""How fast and how small: every flow is prepared, timed, and then checked to have really been done."""
