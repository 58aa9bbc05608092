"""What a questionnaire is: items, the path through them, valid answers, and the frozen document. Pure: no framework."""
