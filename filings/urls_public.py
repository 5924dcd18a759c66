"""The addresses that need no account."""

from django.urls import path

from filings.views import public

urlpatterns = [
    path("register/", public.register, name="register"),
    path("register/<str:number>/", public.register_entry, name="register_entry"),
    path("verify/", public.verify_form, name="verify_form"),
    path("verify/<str:code>/", public.verify, name="verify"),
    path("public-notices/", public.notices, name="public_notices"),
    path("public-notices/<int:pk>/", public.notice, name="public_notice"),
    path("guideline/", public.guideline, name="guideline"),
    path("filings/<int:pk>/certificate.pdf", public.certificate, name="certificate"),
]
