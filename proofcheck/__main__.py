"""Entry point of ``python -m proofcheck``."""

from __future__ import annotations

import sys

from proofcheck.cli import run

if __name__ == "__main__":
    sys.exit(run())
