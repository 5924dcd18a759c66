from django.urls import path

from reports.support.views import showing, writing

app_name = "support"
urlpatterns = [
    path("", showing.mine, name="mine"),
    path("new/<int:pk>/", showing.new, name="new"),
    path("<int:pk>/", showing.detail, name="detail"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/submit/", writing.submit, name="submit"),
    path("<int:pk>/withdraw/", writing.withdraw, name="withdraw"),
    path("<int:pk>/consent/", writing.consent, name="consent"),
    path("<int:pk>/files/add/", writing.file_add, name="file_add"),
    path("<int:pk>/files/<int:file_pk>/", showing.file, name="file"),
    path("<int:pk>/files/<int:file_pk>/remove/", writing.file_remove, name="file_remove"),
    path("<int:pk>/request.pdf", showing.pdf, name="pdf"),
]
