"""What can go wrong with the machines that store answers, and a site on which it does."""
