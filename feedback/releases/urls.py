from django.urls import path

from feedback.releases.views import open_data

app_name = "open_data"
urlpatterns = [path("<slug:code>/<str:name>", open_data, name="file")]
