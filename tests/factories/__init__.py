"""One module per room; each factory builds the smallest thing that is true."""
