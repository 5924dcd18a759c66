from django.urls import path

from reports import call_views, views

app_name = "reports"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("calls/", call_views.calls, name="calls"),
    path("calls/<int:pk>/", call_views.call, name="call"),
    path("calls/<int:pk>/papers/<int:paper_pk>/", call_views.paper, name="call_paper"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/justification/", views.justification, name="justification"),
    path("<int:pk>/report.pdf", views.pdf, name="pdf"),
    path("<int:pk>/<str:part>/", views.part, name="part"),
]
