"""Headers of every answer of the web door: what a browser may do with it, and who may read it."""

import re
from collections.abc import Mapping

# Pages: scripts and styles only from our own files, no inline code, no strings made into code.
PAGE_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
)
CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
# A drawing may carry the style that moves it; nothing else in it may do anything.
PICTURE_POLICY = f"{CLOSED_POLICY}; style-src 'unsafe-inline'"
COMMON: Mapping[str, str] = {
    "Content-Security-Policy": CLOSED_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PRIVATE: Mapping[str, str] = {"Cache-Control": "no-store"}
FOREVER: Mapping[str, str] = {"Cache-Control": "public, max-age=31536000, immutable"}
ASK_AGAIN: Mapping[str, str] = {"Cache-Control": "no-cache"}
# Public files hold no secret: other sites may load them to embed the widget.
PUBLIC: Mapping[str, str] = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def same_site(origin: str, host: str) -> bool:
    """Whether an Origin header names the host that was asked (a proxy may have taken the https off)."""
    return bool(host) and origin.lower() in {f"http://{host.lower()}", f"https://{host.lower()}"}


def sharing_headers(origin: str, allowed: frozenset[str]) -> dict[str, str]:
    """The headers that let a page of an allowed site read our answers; empty for any other."""
    if origin.lower() not in allowed:
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": "GET, POST, DELETE",
        "Access-Control-Allow-Headers": "authorization, content-type",
        "Access-Control-Max-Age": "600",
        "Vary": "Origin",
    }


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header admits gzip."""
    return bool(re.search(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", accepted))
