from django.urls import path

from reports import (
    call_views,
    comment_views,
    document_views,
    part_views,
    receipt_views,
    unit_views,
    views,
)

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
    path("<int:pk>/comments/<int:comment_pk>/", comment_views.answer, name="answer"),
    path("<int:pk>/report.pdf", views.pdf, name="pdf"),
    path("<int:pk>/units/", unit_views.own, name="own"),
    path("<int:pk>/units/ask/", unit_views.ask, name="ask"),
    path("<int:pk>/units/<int:part_pk>/", unit_views.unit, name="unit"),
    path("<int:pk>/units/<int:part_pk>/sign/", unit_views.sign, name="sign"),
    path("<int:pk>/units/<int:part_pk>/skip/", unit_views.skip, name="skip"),
    path("<int:pk>/units/<int:part_pk>/projects/new/", unit_views.project_add, name="project_add"),
    path(
        "<int:pk>/units/<int:part_pk>/documents/",
        document_views.unit_add,
        name="unit_document_add",
    ),
    path("<int:pk>/projects/<int:project_pk>/", unit_views.project, name="project"),
    path(
        "<int:pk>/projects/<int:project_pk>/delete/",
        unit_views.project_delete,
        name="project_delete",
    ),
    path("<int:pk>/submissions/<int:number>/", receipt_views.submission, name="submission"),
    path("<int:pk>/submissions/<int:number>/receipt.pdf", receipt_views.receipt, name="receipt"),
    path("<int:pk>/documents/<int:document_pk>/", document_views.document, name="document"),
    path(
        "<int:pk>/documents/<int:document_pk>/inline/",
        document_views.inline,
        name="document_inline",
    ),
    path(
        "<int:pk>/documents/<int:document_pk>/remove/",
        document_views.remove,
        name="document_remove",
    ),
    path("<int:pk>/<str:part>/documents/", document_views.add, name="document_add"),
    path("<int:pk>/<str:part>/findings/", part_views.findings, name="findings"),
    path("<int:pk>/<str:part>/", part_views.part, name="part"),
]
