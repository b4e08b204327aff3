"""Fetch the front end's third-party files anew and write their manifest.

Run by a developer who changes a version or needs another icon (`.venv/bin/python tools/vendor.py`); it needs npm.
Users and the test command never do: what is fetched here is committed, and a test compares it with the manifest.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "pms" / "static" / "vendor"
TABLER = "@tabler/icons"

# Outline icons; a name ending in "-filled" comes from Tabler's filled set. Only those that a template or css uses.
ICONS = """
adjustments alarm alert-circle alert-triangle arrow-down arrow-left arrow-right arrow-up arrows-exchange ban barcode
bed bell bell-ringing briefcase building building-bank calendar calendar-event calendar-plus cash check checks
chevron-down chevron-left chevron-right circle-check circle-check-filled circle-dashed circle-plus clock
clock-exclamation copy corner-down-left credit-card cup device-desktop door door-exit download droplet eye eye-off
file-text filter grip-vertical hand-stop help-circle history home hourglass id key keyboard layout-grid layout-rows
link list loader-2 lock lock-open login-2 logout luggage mail map-pin message moon moon-stars note package
package-export pencil percentage phone phone-call phone-off player-play plus printer receipt receipt-2 refresh rotate
rotate-clockwise scan search send settings shield-check smoking smoking-no sort-ascending sparkles star-filled sun
sunrise sunset table tag ticket tool trash trending-up upload user user-check user-cog user-off user-plus users wallet
wand wheelchair world x
""".split()


@dataclass(frozen=True)
class Package:
    """One npm package: which of its files are kept, as (path in the package, name here)."""

    name: str
    version: str
    licence: str
    files: tuple[tuple[str, str], ...] = ()


PACKAGES = (
    Package(
        "bootstrap",
        "5.3.9",
        "MIT",
        (("dist/css/bootstrap.min.css", "bootstrap.min.css"), ("LICENSE", "bootstrap.LICENSE")),
    ),
    Package("htmx.org", "4.0.1", "0BSD", (("dist/htmx.min.js", "htmx.min.js"), ("LICENSE", "htmx.LICENSE"))),
    Package(TABLER, "3.51.0", "MIT", (("LICENSE", "tabler-icons.LICENSE"),)),
)


def fetch(package: Package, into: Path) -> Path:
    """Download one package with npm and unpack it; the folder that holds its files."""
    spec = f"{package.name}@{package.version}"
    packed = subprocess.run(
        ["npm", "pack", spec, "--silent"], cwd=into, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    folder = into / package.name.replace("/", "_")
    with tarfile.open(into / packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def symbol(icons: Path, name: str) -> str:
    """One icon as a sprite symbol; stroke and colour come from pms.css."""
    filled = name.endswith("-filled")
    path = icons / ("filled" if filled else "outline") / f"{name.removesuffix('-filled')}.svg"
    shapes = re.findall(r'<path d="[^"]+" ?/>', path.read_text())  # leaves out the empty 24 x 24 frame
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


def write_sprite(icons: Path) -> None:
    """All icons in one file, in name order so that a change shows as one line."""
    symbols = "\n".join(symbol(icons, name) for name in sorted(set(ICONS)))
    (VENDOR / "icons.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n')


def manifest_entry(package: Package, file: str) -> str:
    """One [[file]] table of MANIFEST.toml."""
    digest = hashlib.sha256((VENDOR / file).read_bytes()).hexdigest()
    fields = {
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "file": file,
        "sha256": digest,
    }
    return "[[file]]\n" + "".join(f'{key} = "{value}"\n' for key, value in fields.items())


def main() -> None:
    """Fetch everything and rewrite vendor/ and its manifest."""
    entries = []
    with tempfile.TemporaryDirectory() as scratch:
        for package in PACKAGES:
            folder = fetch(package, Path(scratch))
            for source, name in package.files:
                text = (folder / source).read_text()
                (VENDOR / name).write_text(re.sub(r"\n?/[*/]# sourceMappingURL=.*", "", text).rstrip() + "\n")
                entries.append(manifest_entry(package, name))
            if package.name == TABLER:
                write_sprite(folder / "icons")
                entries.append(manifest_entry(package, "icons.svg"))
    head = "# Written by tools/vendor.py; do not edit by hand.\n\n"
    (VENDOR / "MANIFEST.toml").write_text(head + "\n".join(entries))


if __name__ == "__main__":
    main()
