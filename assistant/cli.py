"""The `psoas` command (stub while the rooms are being built)."""
import json, sys, glob, os
import yaml
from assistant.language.lexicon import lexicon
from assistant.language.reading import Reader
K = os.path.join(os.path.dirname(os.path.dirname(__file__)), "knowledge")
def load(p):
    with open(os.path.join(K, p)) as f: return yaml.safe_load(f)
def main():
    files = {os.path.basename(p): load(p) for p in sorted(glob.glob(K + "/phrases/*.yml"))}
    cues = load("cues.yml") if os.path.exists(K + "/cues.yml") else {}
    r = Reader(lexicon(files, cues, load("findings.yml")["findings"]))
    for line in sys.stdin:
        row = json.loads(line); asked = row.get("asked") or []
        x = r.read(row["text"], [asked] if isinstance(asked, str) else asked)
        print(json.dumps({"id": row.get("id"), "findings": x.findings, "denied": x.denied, "other_person": x.other_person, "past": x.past, "hypothetical": x.hypothetical}))
main()
