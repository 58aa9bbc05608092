"""The staff screens in the Wagtail admin, arranged by job."""
