from django.urls import path

from notices.views import inbox, preferences

app_name = "notices"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("read-all/", inbox.read_all, name="read_all"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/phone/", preferences.phone, name="phone"),
    path("preferences/phone/code/", preferences.phone_code, name="phone_code"),
    path("preferences/phone/remove/", preferences.phone_remove, name="phone_remove"),
    path("<int:pk>/", inbox.message, name="message"),
]
