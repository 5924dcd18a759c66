"""From registration to receipt in a browser that runs no scripts."""

import pytest

from filings.models import Submission
from tests.factories import code_of, pdf_bytes
from tests.journeys.test_whole_life import file_it

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_a_unit_registers_files_and_gets_its_receipt(chromium, live_server, settings, tmp_path):
    settings.SITE_URL = live_server.url
    agreement = tmp_path / "组建协议.pdf"
    agreement.write_bytes(pdf_bytes())
    pk = file_it(
        chromium,
        live_server.url,
        agreement,
        code_of(111),
        code_of(222, "12320000"),
        java_script_enabled=False,
    )
    submission = Submission.objects.get(consortium_id=pk)
    assert submission.signed_name == "甲示例"
    task = submission.content["tasks"][0]
    assert [month for month, _title in task["milestones"]] == [6, 18, 36]
