from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("unit/", views.unit, name="unit"),
    path("unit/<int:pk>/", views.unit_edit, name="unit_edit"),
    path("me/", views.me, name="me"),
]
