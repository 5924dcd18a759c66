"""The addresses of the public side: what needs no account, and the certificate."""

from django.urls import path

from filings.views import (
    certificate,
    guideline,
    letters,
    objections,
    public_notices,
    register,
    verify,
)

urlpatterns = [
    path("register/", register.register, name="register"),
    path("register/<str:number>/", register.register_entry, name="register_entry"),
    path("verify/", verify.verify_form, name="verify_form"),
    path("verify/<str:code>/", verify.verify, name="verify"),
    path("public-notices/", public_notices.notices, name="public_notices"),
    path("public-notices/<int:pk>/", public_notices.notice, name="public_notice"),
    path(
        "public-notices/notice-<int:pk>/", public_notices.notice_sheet, name="public_notice_sheet"
    ),
    path("public-notices/notice-<int:pk>.pdf", public_notices.notice_pdf, name="public_notice_pdf"),
    path("public-notices/objections/", objections.objection_form, name="objection_form"),
    path("public-notices/objections/<str:code>/", objections.objection, name="objection"),
    path("guideline/", guideline.guideline, name="guideline"),
    path("filings/<int:pk>/certificate.pdf", certificate.certificate, name="certificate"),
    path("filings/<int:pk>/letters/<int:letter_pk>.pdf", letters.letter, name="letter"),
]
