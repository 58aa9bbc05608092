"""Public pages: home, results, and what they show of releases and promises."""
