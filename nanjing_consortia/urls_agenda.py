from django.urls import path

from nanjing_consortia import calendar_views

app_name = "agenda"
urlpatterns = [
    path("", calendar_views.calendar, name="calendar"),
    path("address/", calendar_views.address, name="address"),
    path("<str:secret>.ics", calendar_views.feed, name="feed"),
]
