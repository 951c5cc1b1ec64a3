"""Takes out of a trained model what only more training would need.

A model's metadata names the classes of its training graph, and Rasa imports every one of them when it serves: TensorFlow and
all its classifiers, although none of them is in the model.
"""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

METADATA = "metadata.json"


def make_lean(model: Path) -> None:
    """Rewrite the model file at `model` without its training graph; the old file stays until the new one is whole."""
    lean = model.with_suffix(".lean")
    with tarfile.open(model, "r:gz") as old, tarfile.open(lean, "w:gz") as new:
        for member in old.getmembers():
            content = old.extractfile(member)
            if content is not None and member.name == METADATA:
                metadata = json.load(content)
                metadata["train_schema"]["nodes"] = {}
                written = json.dumps(metadata).encode()
                member.size = len(written)
                content = io.BytesIO(written)
            new.addfile(member, content)
    lean.replace(model)
