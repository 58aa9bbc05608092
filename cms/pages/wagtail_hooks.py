from django.urls import include, path
from wagtail import hooks

from cms.pages import serving
from cms.pages.urls import PICTURE


@hooks.register("register_admin_urls")
def uploads_at_desk() -> list:
    """Where staff see pictures and documents that are not for everybody."""
    urls = [
        path(PICTURE, serving.picture_at_desk, name="picture"),
        path("documents/<int:document_id>/", serving.document_at_desk, name="document"),
    ]
    return [path("shown/", include((urls, "pages_desk")))]
