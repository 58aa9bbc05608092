"""What programs read: the files of each release, the list of them, what changed, and what can be asked for."""

from django.urls import path

from feedback.releases import views

app_name = "open_data"
urlpatterns = [
    path("releases.json", views.list_of_releases, name="list"),
    path("changes.json", views.changes_json, name="changes_json"),
    path("changes.atom", views.changes_atom, name="changes_atom"),
    path("openapi.json", views.openapi, name="openapi"),
    path("<slug:code>/<str:name>", views.open_data, name="file"),
]
