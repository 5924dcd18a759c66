from django.urls import path

from accounts.views import account, invitations, joining, people, unit

app_name = "accounts"
urlpatterns = [
    # In front of allauth's page of the same address.
    path("signup/", account.SignUp.as_view(), name="signup"),
    path("me/", account.me, name="me"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("unit/", unit.unit, name="unit"),
    path("unit/join/", joining.join, name="unit_join"),
    path("unit/register/", joining.register, name="unit_register"),
    path("unit/requests/<int:request_pk>/cancel/", joining.join_cancel, name="join_cancel"),
    path("unit/<int:pk>/", unit.unit_edit, name="unit_edit"),
    path("unit/<int:pk>/leave/", people.leave, name="leave"),
    path("unit/<int:pk>/people/<int:membership_pk>/", people.person, name="person"),
    path(
        "unit/<int:pk>/people/<int:membership_pk>/hand-over/",
        people.person_hand_over,
        name="person_hand_over",
    ),
    path(
        "unit/<int:pk>/people/<int:membership_pk>/remove/",
        people.person_remove,
        name="person_remove",
    ),
    path("unit/<int:pk>/requests/<int:request_pk>/", joining.join_request, name="join_request"),
    path("unit/<int:pk>/invitations/add/", invitations.invite, name="invite"),
    path(
        "unit/<int:pk>/invitations/<int:invitation_pk>/resend/",
        invitations.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "unit/<int:pk>/invitations/<int:invitation_pk>/revoke/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
]
