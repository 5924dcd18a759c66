from django.urls import path

from reviews import views

app_name = "reviews"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/files/<int:file_pk>/", views.file, name="file"),
]
