"""Opens contractions, with an apostrophe or without one: "can't", "cant" and "can t" are "can not"."""

from __future__ import annotations

ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "s": "s", "d": "d"}
"""What follows the apostrophe, and the word it stands for. "he's" may be "he is" or "he has": it stays "s"."""
_VERBS = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is", "did": "do", "had": "have"}
"""What is left in front of "n't" where it is not the verb itself. "didn't" reads like "don't"."""
_DENIED = "ai are ca could did do does had has have is might must need should was were wo would".split()
_WITHOUT_APOSTROPHE = {
    **{f"{verb}nt": (_VERBS.get(verb, verb), "not") for verb in _DENIED},
    **{f"{who}{end}": (who, ENDINGS[end]) for who in ("you", "they") for end in ("re", "ve", "ll", "d")},
    **{f"{who}s": (who, "s") for who in ("he", "she", "it", "that", "there", "what", "who", "where", "how")},
    **{f"{who}ll": (who, "will") for who in ("it", "that", "there")},
    **{f"{verb}ve": (verb, "have") for verb in ("i", "we", "could", "should", "would")},
    "im": ("i", "am"),
    "id": ("i", "d"),
    "cannot": ("can", "not"),
    "gonna": ("going", "to"),
    "gotta": ("got", "to"),
    "wanna": ("want", "to"),
    "yall": ("you", "all"),
}
"""Only what is no other English word: "ill", "well", "were", "hell", "shed" and "wed" stay as they are."""


def opened(word: str) -> tuple[str, ...]:
    """The words that one lower-case word stands for: itself where it is no contraction."""
    if "'" not in word:
        return _WITHOUT_APOSTROPHE.get(word, (word,))
    head, _, tail = word.rpartition("'")
    if tail == "t" and head.endswith("n"):
        return (*opened(_VERBS.get(head[:-1], head[:-1])), "not")
    if tail in ENDINGS and head:
        return (*opened(head), ENDINGS[tail])
    return opened(word.replace("'", ""))
