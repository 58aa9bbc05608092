"""The steps of signing in after the password; they stand outside what the second factor guards."""

from django.urls import path
from django.views.generic import RedirectView

from cms.desk import signing_in

app_name = "sign_in"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="wagtailadmin_home"), name="steps"),
    path("code/", signing_in.code, name="code"),
    path("set-up/", signing_in.set_up, name="set_up"),
    path("join/<uidb64>/<token>/", signing_in.Join.as_view(), name="join"),
]
