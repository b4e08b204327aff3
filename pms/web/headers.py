"""Headers that tell the browser to run nothing of others', and to keep no page of a guest."""

from __future__ import annotations

import os

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Bootstrap's own small pictures are data: addresses
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# The browser's own PDF viewer needs styles of its own; a PDF runs nothing of ours.
PDF_POLICY = "frame-ancestors 'none'; base-uri 'none'"

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(ALWAYS)
        pdf = response.mimetype == "application/pdf"
        response.headers["Content-Security-Policy"] = PDF_POLICY if pdf else POLICY
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        if app.config["SESSION_COOKIE_SECURE"] and request.is_secure:
            response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
        return response

    @app.url_defaults
    def version(endpoint: str, values: dict[str, str]) -> None:
        """Static addresses change with their content, so that they can be kept for a year."""
        if endpoint == "static" and "v" not in values and app.static_folder:
            values["v"] = version_of(app.static_folder, values.get("filename", ""))


def version_of(folder: str, filename: str) -> str:
    """What changes in a static address when its file does; '0' where there is none."""
    try:
        return format(int(os.stat(f"{folder}/{filename}").st_mtime), "x")
    except OSError:
        return "0"
