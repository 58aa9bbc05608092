from django.urls import path

from surveys.answering import views

app_name = "answering"
urlpatterns = [
    path("", views.code_page, name="code"),
    path("posters/<slug:code>.svg", views.poster_code, name="poster_code"),
    path("posters/<slug:code>/", views.poster, name="poster"),
    path("<slug:code>/", views.survey, name="survey"),
    path("<slug:code>/thanks/<uuid:token>/", views.thanks, name="thanks"),
    path("<slug:code>/responses/<uuid:response_id>/", views.response, name="response"),
]
