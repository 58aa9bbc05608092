"""The phone: the screens on which a respondent answers."""
