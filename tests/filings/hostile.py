"""PDF files that nobody should be able to attach, and how an attachment is sent."""

import io
import zlib
from base64 import b64encode
from collections.abc import Callable

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pikepdf import Array, Dictionary, Name

from filings.documents import MAX_PAGES
from tests.factories import pdf_bytes

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def changed(change: Callable | None = None, **options) -> bytes:
    """A plain PDF after a change, or saved with other options."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        if change:
            change(pdf)
        pdf.save(out, **options)
    return out.getvalue()


def opening(action: Dictionary, **options) -> bytes:
    """A PDF that does something when it is opened."""
    return changed(lambda pdf: pdf.Root.__setattr__("OpenAction", action), **options)


def noted(**fields) -> bytes:
    """A PDF with an annotation on its page."""
    return changed(
        lambda pdf: pdf.pages[0].obj.__setattr__("Annots", Array([Dictionary(**fields)]))
    )


def with_file(pdf) -> None:
    pdf.attachments["a.exe"] = b"MZ"


def with_form(pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))


def with_loop(pdf) -> None:
    pdf.Root.Pages.Kids = Array([pdf.Root.Pages])


def without_pages(pdf) -> None:
    del pdf.pages[0]


def much(megabytes: int, start: bytes = b"") -> bytes:
    """Blanks packed a thousand to one; each megabyte is the same few bytes."""
    packer = zlib.compressobj(9, wbits=-15)
    start = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 1024**2) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\x9c" + start + block * megabytes


def stuffed(data: bytes, packing) -> bytes:
    """A PDF with a stream that is packed as it says."""

    def stuff(pdf):
        pdf.pages[0].Contents = pikepdf.Stream(pdf, data, Filter=packing)

    return changed(
        stuff, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False
    )


def written(action: bytes) -> bytes:
    """A PDF by hand, with an action for its opening in words that no library would write."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        action,
    )
    data, table = b"%PDF-1.7\n", b"xref\n0 5\n0000000000 65535 f \n"
    for number, body in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + table + end


def packed_objects(megabytes: int) -> bytes:
    """A PDF whose very objects unpack to far too much, as soon as somebody looks for its pages."""
    root, pages = b"<</Type/Catalog/Pages 2 0 R>> ", b"<</Type/Pages/Kids[]/Count 0>> "
    index = b"1 0 2 %d " % len(root)
    body = much(megabytes, index + root + pages)
    heading, end = b"%PDF-1.7\n", b"\nendstream\nendobj\n"
    named = (len(index), len(body))
    packed = b"4 0 obj<</Type/ObjStm/N 2/First %d/Filter/FlateDecode/Length %d>>stream\n" % named
    table_at = len(heading + packed + body + end)
    # Kind, place, index: objects 1 and 2 are in object 4, the table is object 5.
    rows = [(0, 0, 255), (2, 4, 0), (2, 4, 1), (0, 0, 255), (1, len(heading), 0), (1, table_at, 0)]
    table = b"".join(bytes([k]) + place.to_bytes(4, "big") + bytes([i]) for k, place, i in rows)
    told = b"5 0 obj<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    closing = b"startxref\n%d\n%%%%EOF\n" % table_at
    return heading + packed + body + end + told + table + end + closing


LAUNCH = Dictionary(S=Name.Launch, F="calc.exe")
EMBEDDED = Dictionary(S=Name.GoToE, F="other.pdf")
IMPORT = Dictionary(S=Name.ImportData, F="data.fdf")
SEND = Dictionary(S=Name.SubmitForm, F="https://example.com/")
# What: the file, and the answer by the code of its words.
HOSTILE = {
    "nothing": (lambda: b"", "empty"),
    "a blank": (lambda: b" ", "type"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "type"),
    "a photograph": (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100), "type"),
    "a web page": (lambda: b"<html><script>alert(1)</script></html>", "type"),
    "a drawing with a script": (lambda: b"<svg><script>alert(1)</script></svg>", "type"),
    "a program": (lambda: b"MZ\x90\x00" + bytes(100), "type"),
    "an archive": (lambda: b"PK\x03\x04" + bytes(100), "type"),
    "a PDF behind a web page": (lambda: b"<html></html>" + pdf_bytes(), "type"),
    "only a heading": (lambda: b"%PDF-1.7\n", "damaged"),
    "half a file": (lambda: pdf_bytes()[: len(pdf_bytes()) // 2], "damaged"),
    "a table that leads nowhere": (
        lambda: pdf_bytes().replace(b"startxref\n", b"startxref\n9"), "damaged",
    ),
    "a PDF before an archive": (lambda: pdf_bytes() + b"PK\x03\x04" + bytes(4096), "damaged"),
    "pages in a circle": (lambda: changed(with_loop), "damaged"),
    "no page": (lambda: changed(without_pages), "pages"),
    "too many pages": (lambda: pdf_bytes(MAX_PAGES + 1), "pages"),
    "a locked file": (
        lambda: changed(encryption=pikepdf.Encryption(owner="o", user="u")), "encrypted",
    ),
    "a file locked against printing": (
        lambda: changed(encryption=pikepdf.Encryption(owner="o")), "encrypted",
    ),
    "a script": (lambda: opening(SCRIPT), "active"),
    "a script deep inside": (
        lambda: noted(Subtype=Name.Link, AA=Dictionary(E=SCRIPT)), "active",
    ),
    "a script under a spelt name": (lambda: written(b"<</S/JavaScrip#74/#4aS(x)>>"), "active"),
    "a script in packed objects": (
        lambda: opening(SCRIPT, object_stream_mode=pikepdf.ObjectStreamMode.generate), "active",
    ),
    "a program to start": (lambda: opening(LAUNCH), "active"),
    "a file inside": (lambda: changed(with_file), "active"),
    "a file pinned to a page": (lambda: noted(Subtype=Name.FileAttachment), "active"),
    "a film": (lambda: noted(Subtype=Name.RichMedia), "active"),
    "a dynamic form": (lambda: changed(with_form), "active"),
    "a form that sends itself": (lambda: opening(SEND), "active"),
    "a form that fetches data": (lambda: opening(IMPORT), "active"),
    "a way into another file": (lambda: opening(EMBEDDED), "active"),
    "a page that unpacks to 300 MB": (lambda: stuffed(much(300), Name.FlateDecode), "bomb"),
    "a page packed twice": (
        lambda: stuffed(zlib.compress(much(4000)), Array([Name.FlateDecode] * 2)), "bomb",
    ),
    # It meets its limit of memory among the objects, and says that it can not read them.
    "objects that unpack to 2 GB": (lambda: packed_objects(2000), "damaged"),
}  # fmt: skip


def begun(client, pk: int, size: int, name: str = "协议.pdf"):
    """The answer to the announcement of a file."""
    named = f"filename {b64encode(name.encode()).decode()}"
    headers = TUS | {"Upload-Length": str(size), "Upload-Metadata": named}
    return client.post(reverse("filings:uploads", args=[pk]), headers=headers)


def put(client, address: str, offset: int, data: bytes):
    headers = TUS | {"Upload-Offset": str(offset)}
    return client.patch(address, data, content_type=PIECE, headers=headers)


def in_one_form(client, pk: int, data: bytes, name: str = "协议.pdf", **fields):
    upload = SimpleUploadedFile(name, data, content_type="application/pdf")
    address = reverse("filings:document_add", args=[pk])
    return client.post(address, {"kind": "agreement", "upload": upload} | fields)


def in_pieces(client, pk: int, data: bytes, name: str = "协议.pdf", **fields):
    address = begun(client, pk, len(data), name)["Location"]
    half = len(data) // 2
    for offset, piece in ((0, data[:half]), (half, data[half:])):
        # The client of the tests would leave the type of no data out.
        assert not piece or put(client, address, offset, piece).status_code == 204
    fields = {"kind": "agreement", "received": address.split("/")[-2]} | fields
    return client.post(reverse("filings:document_add", args=[pk]), fields)


WAYS = [in_one_form, in_pieces]
