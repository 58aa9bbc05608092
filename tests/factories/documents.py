"""Documents as offices and attackers make them."""

import io
import zipfile


def pdf(extra=b""):
    """A small whole PDF with something between its parts."""
    return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + extra + b"\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def archive(size=0):
    """A zip file, of zeros that become so many when they are unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b"\0" * size)
    return out.getvalue()
