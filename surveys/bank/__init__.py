"""The question bank: questions with a stable code, and their wordings and options per audience."""
