import pytest

from tests.notices.gateway import running


@pytest.fixture
def gateway(settings):
    """The portal has an account at a gateway on this machine."""
    for found in running():
        settings.SMS = found.account()
        yield found
