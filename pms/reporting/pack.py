"""Several PDFs as one, to be printed in one go."""

from __future__ import annotations

import io
from collections.abc import Iterable


def one_pdf(papers: Iterable[bytes]) -> bytes:
    """The pages of all papers in their order, each paper with a bookmark of its own title."""
    from pypdf import PdfReader, PdfWriter

    whole = PdfWriter()
    for content in papers:
        reader = PdfReader(io.BytesIO(content))
        title = reader.metadata.title if reader.metadata else None
        whole.append(reader, outline_item=title, import_outline=False)
    buffer = io.BytesIO()
    whole.write(buffer)
    return buffer.getvalue()
