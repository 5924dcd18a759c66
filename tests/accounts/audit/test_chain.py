"""Whoever can take the triggers away and write what they like is still found out."""

import hashlib
import json
import logging
import re

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.audit import chain
from accounts.database import drop_triggers
from accounts.models import AuditEntry, AuditSeal
from accounts.tasks import seal_audit_trail

pytestmark = pytest.mark.django_db

# What the statements below stand for.
TABLES = {"TRAIL": "accounts_auditentry", "SEALS": "accounts_auditseal"}


def write(count: int = 3) -> None:
    offset = Group.objects.count()
    for number in range(offset, offset + count):
        Group.objects.create(name=f"group {number}")


@pytest.fixture
def sealed():
    """Six entries, sealed in two batches, for whoever got at the database itself."""
    drop_triggers()
    run("DELETE FROM TRAIL", "DELETE FROM SEALS")
    call_command("migrate", verbosity=0)
    for _batch in range(2):
        write()
        chain.seal()
    assert list(chain.verify()) == []
    drop_triggers()


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(re.sub("TRAIL|SEALS", lambda word: TABLES[word[0]], statement))


def flaws() -> list[int]:
    return [flaw.position for flaw in chain.verify()]


TAMPERED = {
    "edited": (["UPDATE TRAIL SET after = NULL WHERE position = 3"], [3]),
    "who": (["UPDATE TRAIL SET actor_id = 99 WHERE position = 3"], [3]),
    "when": (["UPDATE TRAIL SET at = '2020-01-01' WHERE position = 6"], [6]),
    "first": (["UPDATE TRAIL SET address = 'x' WHERE position = 1"], [1]),
    "deleted in the middle": (["DELETE FROM TRAIL WHERE position = 3"], [3, 4]),
    "deleted at the beginning": (["DELETE FROM TRAIL WHERE position = 1"], [1, 2]),
    "tail cut off": (["DELETE FROM TRAIL WHERE position > 4"], [5]),
    "all deleted": (["DELETE FROM TRAIL"], [1]),
    "deleted and closed up": (
        [
            "DELETE FROM TRAIL WHERE position = 5",
            "UPDATE TRAIL SET position = 5 WHERE position = 6",
        ],
        [5, 6],
    ),
    "reordered": (
        [
            "UPDATE TRAIL SET position = 77 WHERE position = 2",
            "UPDATE TRAIL SET position = 2 WHERE position = 3",
            "UPDATE TRAIL SET position = 3 WHERE position = 77",
        ],
        [2, 3, 3, 4],
    ),
    "unsealed": (["UPDATE TRAIL SET position = NULL WHERE position = 2"], [2, 3]),
    "put in at the end": (
        [
            "INSERT INTO TRAIL (at, operation, subject, subject_id, address, request_id, "
            "origin, position, hash) VALUES ('2026-01-01', 'read', 'x', '1', '', '', '', 7, 'x')"
        ],
        [7, 7],
    ),
    "first seal rewritten": (["UPDATE SEALS SET head = 'x' WHERE position = 0"], [0]),
    "seal rewritten": (["UPDATE SEALS SET head = 'x' WHERE position = 3"], [3]),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_done_to_the_trail_is_found_where_it_was_done(how, sealed):
    statements, found = TAMPERED[how]
    run(*statements)
    assert flaws() == found
    with pytest.raises(CommandError, match=f"\n{found[0]}: "):
        call_command("verify_audit")


def test_a_chain_that_was_reckoned_anew_does_not_fit_its_seals(sealed):
    run("UPDATE TRAIL SET after = NULL WHERE position = 2")
    head = AuditEntry.objects.get(position=1).hash
    for entry in chain._entries().filter(position__gt=1).order_by("position"):
        head = chain._hash(head, entry["position"], entry)
        AuditEntry.objects.filter(pk=entry["id"]).update(hash=head)
    assert flaws() == [3, 6]


def test_a_tail_cut_off_with_its_seals_is_found_by_what_the_log_told(sealed, capsys):
    told = str(AuditSeal.objects.latest("position"))
    call_command("verify_audit", expect=[told])
    run("DELETE FROM TRAIL WHERE position > 3", "DELETE FROM SEALS WHERE position > 3")
    call_command("verify_audit")
    with pytest.raises(CommandError, match="6: not what the log told"):
        call_command("verify_audit", expect=[told])
    with pytest.raises(CommandError, match="is not POSITION:HASH"):
        call_command("verify_audit", expect=["six"])


def test_sealing_twice_seals_once():
    write()
    assert seal_audit_trail() >= 3
    seals = AuditSeal.objects.count()
    assert seal_audit_trail() == 0
    assert AuditSeal.objects.count() == seals
    assert list(chain.verify()) == []


def test_each_seal_is_told_to_the_log(caplog, django_capture_on_commit_callbacks):
    write()
    with caplog.at_level(logging.INFO), django_capture_on_commit_callbacks(execute=True):
        chain.seal()
    assert str(AuditSeal.objects.latest("position")) in caplog.text


def test_many_entries_are_sealed_in_several_batches(monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 2)
    chain.seal()
    before = AuditSeal.objects.count()
    write(5)
    chain.seal()
    assert AuditSeal.objects.count() == before + 3
    assert list(chain.verify()) == []


def test_what_is_written_before_it_is_sealed_is_sealed_by_the_check(capsys):
    write()
    call_command("verify_audit")
    assert not AuditEntry.objects.filter(position=None).exists()
    assert str(AuditSeal.objects.latest("position")) in capsys.readouterr().out


def test_the_hash_is_what_the_documentation_says():
    write()
    chain.seal()
    first = AuditEntry.objects.get(position=1)
    (entry,) = chain._entries().filter(position=1)
    content = [
        "0" * 64, 1, first.pk, first.at.isoformat(), first.operation, first.subject,
        first.subject_id, entry["before_text"], entry["after_text"], first.actor_id,
        first.address, first.request_id, first.origin,
    ]  # fmt: skip
    text = json.dumps(content, ensure_ascii=False)
    assert first.hash == hashlib.sha256(text.encode()).hexdigest()
