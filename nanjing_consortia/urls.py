from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from nanjing_consortia.home import home

urlpatterns = [
    path("", home, name="home"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("calendar/", include("nanjing_consortia.urls_agenda")),
    path("inbox/", include("notices.urls")),
    path("reports/", include("reports.urls")),
    path("support/", include("reports.support.urls")),
    path("credit-cases/", include("reviews.urls")),
    path("experts/", include("reviews.urls_experts")),
    path("", include("filings.urls")),
]
