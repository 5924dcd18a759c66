"""The copy by SMS: a template with the subject in it, to a gateway that checks the signature."""

import json
import logging

import pytest

from notices import tasks
from notices.channels import sms
from notices.channels.aliyun import authorization
from tests.notices.factories import waiting

pytestmark = pytest.mark.django_db
NUMBER = "13800138000"


@pytest.fixture
def reader(stranger):
    stranger.phone = NUMBER
    stranger.save()
    return stranger


def texted(user, **fields):
    copy = waiting(user, channel="sms", **fields)
    went_out = tasks.deliver(copy.pk)
    copy.refresh_from_db()
    return went_out, copy


def test_the_signature_is_that_of_the_published_example():
    """The worked example of Alibaba Cloud's description of its signature, version 3."""
    query = {
        "RegionId": "cn-shanghai",
        "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
    }
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    made = authorization("YourAccessKeyId", "YourAccessKeySecret", query, headers)
    assert made == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
        "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_the_gateway_gets_number_signature_template_and_subject(gateway, reader):
    assert texted(reader, about={"subject": "请补正：“甲&乙+丙 100%”创新联合体"})[0] is True
    (asked,) = gateway.asked
    assert asked == {
        "PhoneNumbers": NUMBER,
        "SignName": "南京示例",
        "TemplateCode": "SMS_1",
        "TemplateParam": '{"title":"请补正：“甲&乙+丙 100%”创新联合体"}',
    }


def test_who_reads_english_gets_the_english_template(gateway, reader):
    reader.language = "en"
    reader.save()
    texted(reader)
    assert gateway.asked[0]["TemplateCode"] == "SMS_2"


def test_a_long_subject_fits_the_templates_variable(gateway, reader):
    texted(reader, about={"subject": "请补正：【" + "长" * 290 + "】"})
    title = json.loads(gateway.asked[0]["TemplateParam"])["title"]
    assert len(title) == sms.MOST_CHARACTERS
    assert title.startswith("请补正：（长")
    assert title.endswith("…")


def test_a_wrong_secret_is_refused_and_tried_again_later(gateway, reader, settings):
    settings.SMS = gateway.account(access_key_secret="another")
    went_out, copy = texted(reader)
    assert (went_out, copy.status) == (False, "pending")
    assert "SignatureDoesNotMatch" in copy.error
    assert not gateway.asked


@pytest.mark.parametrize(
    ("act", "status", "doubts"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", "pending", 0),
        ("isv.MOBILE_NUMBER_ILLEGAL", "failed", 0),
        ("ServiceUnavailable", "pending", 1),
        ("nonsense", "pending", 1),
        ("break off", "pending", 1),
    ],
)
def test_what_the_gateway_says_decides_what_becomes_of_it(act, status, doubts, gateway, reader):
    gateway.plan = [act]
    went_out, copy = texted(reader)
    assert (went_out, copy.status, copy.doubts) == (False, status, doubts)


def test_a_gateway_that_is_away_took_nothing(gateway, reader, settings):
    settings.SMS = gateway.account(endpoint="http://127.0.0.1:1")
    went_out, copy = texted(reader)
    assert (went_out, copy.status, copy.doubts) == (False, "pending", 0)


def test_no_number_is_readable_in_the_log_or_the_ledger(gateway, reader, caplog):
    gateway.plan = ["isv.BUSINESS_LIMIT_CONTROL", "break off"]
    with caplog.at_level(logging.DEBUG, logger="notices"):
        for key in "ab":
            _went_out, copy = texted(reader, key=key)
            assert NUMBER not in copy.error
    assert NUMBER not in caplog.text
    assert "138****8000" in texted_error(reader)


def texted_error(reader) -> str:
    return " ".join(reader.messages.values_list("deliveries__error", flat=True))


def test_who_took_the_number_away_gets_nothing_and_staff_can_see_why(gateway, stranger):
    _went_out, copy = texted(stranger)
    assert copy.status == "failed"
    assert "taken the telephone number away" in copy.error
    assert not gateway.asked


def test_without_an_account_nothing_is_sent(reader, settings):
    assert settings.SMS == {}
    _went_out, copy = texted(reader)
    assert (copy.status, copy.error) == ("failed", "SMS is switched off")
