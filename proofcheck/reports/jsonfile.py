"""The JSON report, schema 1: an object with the key ``claims``, a list of Records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from proofcheck.record import SCHEMA, Record


def document(records: Iterable[Record], errors: Sequence[str] = ()) -> str:
    """Return the JSON text for ``records``; ``errors`` are the modules that did not import."""
    data = {
        "schema": SCHEMA,
        "claims": [record.to_json() for record in records],
        "errors": list(errors),
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
