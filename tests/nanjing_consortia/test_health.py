import pytest
from celery import Celery
from django.db.utils import ConnectionHandler
from django.test import Client

from nanjing_consortia import health
from tests.notices.factories import waiting
from tests.people import as_


def test_the_process_is_up_without_asking_anybody():
    """No database is allowed in this test, and no host name is asked for."""
    response = Client().get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_database_broker_and_storage_answer(settings):
    response = Client().get("/readyz", headers={"host": "10.0.0.7:8000"})
    overdue = ["filings", "reports", "desk"]
    ready = {"ready": True, "failed": {}, "overdue_sweeps": overdue, "dead_letters": 0}
    assert (response.status_code, response.json()) == (200, ready)
    assert list(settings.MEDIA_ROOT.iterdir()) == []


@pytest.mark.django_db
def test_messages_that_could_not_be_sent_are_counted_and_take_nothing_off_the_net(stranger):
    waiting(stranger, status="failed")
    response = Client().get("/readyz")
    assert (response.status_code, response.json()["dead_letters"]) == (200, 1)


def without_database(monkeypatch, settings):
    gone = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/secret.sqlite3"}
    monkeypatch.setattr(health, "connection", ConnectionHandler({"default": gone})["default"])


def without_broker(monkeypatch, settings):
    gone = Celery(broker="redis://user:secret@127.0.0.1:1", set_as_current=False)
    monkeypatch.setattr(health, "current_app", gone)


def without_storage(monkeypatch, settings):
    settings.MEDIA_ROOT = "/dev/null/secret"


@pytest.mark.parametrize("loss", [without_database, without_broker, without_storage])
def test_not_ready_names_what_is_away_and_no_more(db, monkeypatch, settings, loss):
    loss(monkeypatch, settings)
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert list(response.json()["failed"]) == [loss.__name__.removeprefix("without_")]
    assert b"secret" not in response.content
    assert Client().get("/healthz").status_code == 200


def test_a_visitor_s_session_is_not_looked_up(stranger, django_assert_num_queries):
    client = as_(stranger)
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200
