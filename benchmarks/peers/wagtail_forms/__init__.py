"""wagtail.contrib.forms: a page with fields, whose submissions Wagtail keeps."""
