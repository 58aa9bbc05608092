"""django-survey-and-report: a survey on one page, as its documentation sets it up."""
