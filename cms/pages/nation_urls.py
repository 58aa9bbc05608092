"""The pages about all areas together."""

from django.urls import path

from cms.pages import nation

app_name = "nation"
urlpatterns = [
    path("", nation.overview, name="overview"),
    path("questions/<str:name>/", nation.question, name="question"),
    path("findings/", nation.findings, name="findings"),
    path("findings.json", nation.findings_file, name="findings_file"),
    path("findings/<slug:code>/", nation.finding, name="finding"),
]
