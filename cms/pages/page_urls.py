"""The pages that staff write in Wagtail, below the front door; what Wagtail needs beside them stays its own."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as of_wagtail

from cms.pages.found import page

urlpatterns = [
    *(one for one in of_wagtail if one.name != "wagtail_serve"),
    re_path(serve_pattern, page, name="wagtail_serve"),
]
