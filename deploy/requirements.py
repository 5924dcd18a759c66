#!/usr/bin/env python3
"""Print what pyproject.toml requires, for `pip install -r`; with `dev`, for developing as well.

The portal is run from its folder and never installed as a package, so nothing needs to be built.
"""

import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
project = tomllib.loads(PYPROJECT.read_text())["project"]
wanted = list(project["dependencies"])
for extra in sys.argv[1:]:
    wanted += project["optional-dependencies"][extra]
print("\n".join(wanted))
