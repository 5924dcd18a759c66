from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    # In front of allauth's page of the same address.
    path("signup/", views.SignUp.as_view(), name="signup"),
    path("unit/", views.unit, name="unit"),
    path("unit/<int:pk>/", views.unit_edit, name="unit_edit"),
    path("unit/<int:pk>/people/add/", views.person_add, name="person_add"),
    path("unit/<int:pk>/people/<int:membership_pk>/", views.person_remove, name="person_remove"),
    path("me/", views.me, name="me"),
]
