from django.urls import path

from reviews import expert_views

app_name = "experts"
urlpatterns = [path("<str:token>/", expert_views.page, name="page")]
