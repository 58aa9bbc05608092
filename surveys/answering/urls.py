app_name = "answering"
urlpatterns: list = []
