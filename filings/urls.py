from django.urls import path

from filings.urls_public import urlpatterns as public_urlpatterns
from filings.views import (
    changes,
    closing,
    confirmation,
    documents,
    exchange,
    importing,
    mine,
    proof,
    provincial,
    rows,
    submission,
    uploads,
    wizard,
)

app_name = "filings"
urlpatterns = [
    path("filings/", mine.mine, name="mine"),
    path("filings/new/", mine.new, name="new"),
    path("filings/new/from-json/", exchange.from_json, name="from_json"),
    path("filings/confirm/<str:token>/", confirmation.confirm, name="confirm"),
    path("filings/confirm/<str:token>/documents/", proof.upload, name="proof"),
    path("filings/<int:pk>/", mine.detail, name="detail"),
    path("filings/<int:pk>/check/", submission.check, name="check"),
    path("filings/<int:pk>/submit/", submission.submit, name="submit"),
    path("filings/<int:pk>/submissions/<int:number>/", submission.submission, name="submission"),
    path(
        "filings/<int:pk>/submissions/<int:number>/receipt.pdf",
        submission.receipt,
        name="receipt",
    ),
    path("filings/<int:pk>/withdraw/", submission.withdraw, name="withdraw"),
    path("filings/<int:pk>/justification/", wizard.justification, name="justification"),
    path("filings/<int:pk>/comments/<int:comment_pk>/", wizard.answer, name="answer"),
    path("filings/<int:pk>/members/add/", rows.member, name="member_add"),
    path("filings/<int:pk>/members/invite/", rows.invite, name="invite"),
    path("filings/<int:pk>/members/<int:member_pk>/", rows.member, name="member_edit"),
    path("filings/<int:pk>/members/<int:member_pk>/move/", rows.member_move, name="member_move"),
    path(
        "filings/<int:pk>/members/<int:member_pk>/delete/", rows.member_delete, name="member_delete"
    ),
    path("filings/<int:pk>/tasks/add/", rows.task, name="task_add"),
    path("filings/<int:pk>/tasks/<int:task_pk>/", rows.task, name="task_edit"),
    path("filings/<int:pk>/tasks/<int:task_pk>/move/", rows.task_move, name="task_move"),
    path("filings/<int:pk>/tasks/<int:task_pk>/delete/", rows.task_delete, name="task_delete"),
    path("filings/<int:pk>/documents/add/", documents.add, name="document_add"),
    path("filings/<int:pk>/documents/<int:document_pk>/", documents.document, name="document"),
    path(
        "filings/<int:pk>/documents/<int:document_pk>/view/", documents.page, name="document_view"
    ),
    path(
        "filings/<int:pk>/documents/<int:document_pk>/inline/",
        documents.inline,
        name="document_inline",
    ),
    path(
        "filings/<int:pk>/documents/<int:document_pk>/delete/",
        documents.delete,
        name="document_delete",
    ),
    path("filings/<int:pk>/uploads/", uploads.create, name="uploads"),
    path("filings/<int:pk>/uploads/<uuid:upload_pk>/", uploads.upload, name="upload"),
    path("filings/<int:pk>/changes/add/", changes.change_add, name="change_add"),
    path("filings/<int:pk>/filing.pdf", exchange.pdf, name="pdf"),
    path("filings/<int:pk>/filing.json", exchange.as_json, name="json"),
    path("filings/<int:pk>/submissions/<int:number>.pdf", exchange.pdf, name="submission_pdf"),
    path("filings/<int:pk>/copy/", exchange.copy, name="copy"),
    path("filings/<int:pk>/renew/", exchange.renew, name="renew"),
    path("filings/<int:pk>/closing/", closing.closing, name="closing"),
    path("filings/<int:pk>/closing/check/", closing.closing_check, name="closing_check"),
    path("filings/<int:pk>/closing/submit/", closing.closing_submit, name="closing_submit"),
    path("filings/<int:pk>/closing/documents/", closing.closing_attach, name="closing_attach"),
    path(
        "filings/<int:pk>/closing/documents/<int:document_pk>/delete/",
        closing.closing_detach,
        name="closing_detach",
    ),
    path("filings/<int:pk>/closing/draft.pdf", closing.closing_pdf, name="closing_draft"),
    path("filings/<int:pk>/closing/<int:number>.pdf", closing.closing_pdf, name="closing_pdf"),
    path("filings/<int:pk>/provincial/", provincial.provincial, name="provincial"),
    path(
        "filings/<int:pk>/provincial/<int:application_pk>/",
        provincial.provincial,
        name="provincial_edit",
    ),
    path("filings/<int:pk>/<str:section>/template.xlsx", importing.workbook, name="template"),
    path("filings/<int:pk>/<str:section>/import/", importing.import_rows, name="import"),
    path(
        "filings/<int:pk>/<str:section>/import/confirm/",
        importing.import_confirm,
        name="import_confirm",
    ),
    *public_urlpatterns,
    path("filings/<int:pk>/<str:section>/", wizard.step, name="step"),
]
