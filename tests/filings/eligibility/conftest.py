"""The rules are read in the language they are written in."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english(language_of_the_portal):
    with translation.override("en"):
        yield
