"""Surveys designed by care councils, and the numbered editions they are frozen into."""
