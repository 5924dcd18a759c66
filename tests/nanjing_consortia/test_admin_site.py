import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.people import as_

INDEX = "/admin/"


@pytest.mark.django_db
def test_who_is_not_signed_in_signs_in_like_everybody():
    response = Client().get(INDEX, follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse('account_login')}?next=%2Fadmin%2F"
    assert response.status_code == 200


@pytest.mark.parametrize("path", [INDEX, "/admin/login/", "/admin/filings/consortium/"])
def test_who_does_not_work_in_the_bureau_finds_nothing(lead_owner, path):
    assert as_(lead_owner).get(path).status_code == 404


def test_staff_without_a_role_are_no_officers(stranger):
    stranger.is_staff = True
    stranger.save()
    assert as_(stranger).get(INDEX).status_code == 404


@pytest.mark.parametrize(
    "name", ["intake", "reviewer", "decider", "auditor", "administrator", "superuser"]
)
def test_officers_come_in(request, name):
    assert as_(request.getfixturevalue(name)).get(INDEX).status_code == 200


def test_officers_set_up_a_second_factor_first_where_it_is_asked_for(settings, intake):
    settings.STAFF_MFA_REQUIRED = True
    client = as_(intake)
    assert client.get(INDEX).url == reverse("mfa_activate_totp")
    Authenticator.objects.create(user=intake, type=Authenticator.Type.TOTP, data={})
    assert client.get(INDEX).status_code == 200


@pytest.mark.parametrize("name", ["filings_consortium", "reports_annualreport"])
def test_a_queue_brings_its_keys_and_its_sheet(name, reviewer):
    page = as_(reviewer).get(reverse(f"admin:{name}_changelist")).text
    assert "js/workbench" in page
    assert "css/workbench" in page
    assert "data-keys-off" in page
