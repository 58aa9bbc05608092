"""Every address of the platform; rooms are named by string, so that no import arrow is made."""

from django.urls import include, path

urlpatterns = [
    path("", include("feedback.config.health")),
    path("a/", include("surveys.answering.urls")),
    path("nation/", include("cms.pages.nation_urls")),
    path("open-data/", include("cms.pages.release_urls")),
    path("open-data/", include("feedback.releases.urls")),
    path("desk/sign-in/", include("cms.desk.sign_in_urls")),
    path("desk/", include("cms.desk.passkeys")),
    path("desk/", include("wagtail.admin.urls")),
    path("promises/", include("cms.pages.promise_urls")),
    path("questions/", include("cms.pages.question_urls")),
    path("blockages/", include("cms.pages.blockage_urls")),
    path("focus-groups/", include("cms.pages.talk_urls")),
    path("shown/", include("cms.pages.urls")),
    path("", include("cms.pages.page_urls")),
]

handler400 = "feedback.config.refusing.not_readable"
handler404 = "feedback.config.refusing.not_found"
handler500 = "feedback.config.refusing.out_of_order"
