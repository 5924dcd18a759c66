from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/justification/", views.justification, name="justification"),
    path("<int:pk>/report.pdf", views.pdf, name="pdf"),
    path("<int:pk>/<str:part>/", views.part, name="part"),
]
