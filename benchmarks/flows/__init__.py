"""One module per flow of the catalogue."""
