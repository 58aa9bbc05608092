from django.urls import include, path
from wagtail import hooks

from cms.pages import serving
from cms.pages.release_urls import pages_of_a_release
from cms.pages.releases import release_preview
from cms.pages.urls import PICTURE


@hooks.register("register_admin_urls")
def shown_at_desk() -> list:
    """Where staff see pictures, documents and releases that are not for everybody, or not yet."""
    urls = [
        path(PICTURE, serving.picture_at_desk, name="picture"),
        path("documents/<int:document_id>/", serving.document_at_desk, name="document"),
        *pages_of_a_release(release_preview, "release_preview", "releases/"),
    ]
    return [path("shown/", include((urls, "pages_desk")))]
