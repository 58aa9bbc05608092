from django.http import HttpRequest
from django.urls import include, path
from wagtail import hooks
from wagtail.models import Page

from cms.pages import serving
from cms.pages.annual_report import AnnualReportPage
from cms.pages.release_urls import pages_of_a_release
from cms.pages.releases import release_preview
from cms.pages.report_preview import report_preview
from cms.pages.urls import PICTURE


@hooks.register("construct_page_action_menu")
def a_report_is_not_published_by_its_writer(menu_items: list, request: HttpRequest, context: dict) -> None:
    """A report that is made is saved as a draft; it is published by a second person."""
    named = (request.resolver_match.kwargs or {}).get("content_type_model_name", "")
    if context["view"] == "create" and named == AnnualReportPage._meta.model_name:
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


@hooks.register("before_create_page")
def a_report_is_sent_to_a_second_person(request: HttpRequest, parent_page: Page, page_class: type[Page]) -> None:
    """The form of a new report submits it as that of a saved one does."""
    if page_class is AnnualReportPage:
        parent_page.begins_report = True


@hooks.register("register_admin_urls")
def shown_at_desk() -> list:
    """Where staff see pictures, documents and releases that are not for everybody, or not yet."""
    urls = [
        path(PICTURE, serving.picture_at_desk, name="picture"),
        path("documents/<int:document_id>/", serving.document_at_desk, name="document"),
        path("annual-reports/<int:number>/", report_preview, name="report_preview"),
        *pages_of_a_release(release_preview, "release_preview", "releases/"),
    ]
    return [path("shown/", include((urls, "pages_desk")))]
