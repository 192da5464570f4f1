"""Reads a PDF back: what is seen, what a screen reader hears, what a phone scans."""

import io
import re
from collections import defaultdict

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp


def reader(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def page_count(pdf):
    return len(reader(pdf).pages)


def characters(pdf, page):
    """Every printed character of a page: letter, left edge and baseline in points, type size in points."""
    text = pypdfium2.PdfDocument(pdf)[page].get_textpage()
    left, top = pdfium.c_double(), pdfium.c_double()
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        pdfium.FPDFText_GetCharOrigin(text, index, left, top)
        size = pdfium.FPDFText_GetFontSize(text, index)
        if letter.strip() and size > 1:
            yield letter, left.value, top.value, size


def seen(pdf, page):
    """The lines of a page as the eye sees them from left to right, without the white, top line first."""
    lines = defaultdict(list)
    for letter, x, y, _ in characters(pdf, page):
        lines[round(y)].append((x, letter))
    return ["".join(letter for _, letter in sorted(line)) for _, line in sorted(lines.items(), reverse=True)]


def bare(text):
    return "".join(
        letter for letter in text if not letter.isspace() and letter not in "\u2066\u2067\u2068\u2069"
    )


def seen_text(pdf, page):
    return "".join(seen(pdf, page))


def read(pdf, page):
    """The text of a page in the order in which it is written, without the white and without isolates."""
    return bare(pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_range())


def image(pdf, page, *, dpi=150, gray=False):
    return pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72, grayscale=gray).to_pil()


def scanned(pdf, page, **how):
    return [found.text for found in zxingcpp.read_barcodes(image(pdf, page, **how))]


def elements(pdf):
    """The structure tree, depth first: (depth, kind, language in force, alternative, title, name, marked content).

    Marked content is (page, id, language in force); the elements that hold a whole print or a part are left out.
    """
    document = reader(pdf)
    root = document.trailer["/Root"]
    spoken = {
        (index, int(found[1])): found[2].decode()
        for index, page in enumerate(document.pages)
        for found in re.finditer(rb"/MCID (\d+)/Lang\((\w+)\)", page.get_contents().get_data())
    }
    number = {page.indirect_reference.idnum: index for index, page in enumerate(document.pages)}

    def walk(element, depth, language):
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        language = element.get("/Lang", language)
        page = number.get(element.raw_get("/Pg").idnum) if "/Pg" in element else None
        contents, below = [], []
        for kid in (kid.get_object() for kid in kids):
            if isinstance(kid, int):
                contents.append((page, kid, spoken.get((page, kid), language)))
            elif "/MCID" in kid:
                place = number[kid.raw_get("/Pg").idnum], kid["/MCID"]
                contents.append((*place, spoken.get(place, language)))
            else:
                below.append(kid)
        words = (element.get(key) for key in ("/Alt", "/T", "/ID"))
        holder = element["/S"] in {"/Document", "/Part"}
        if not holder:
            yield (depth, element["/S"], language, *words, tuple(contents))
        for kid in below:
            yield from walk(kid, depth + (not holder), language)

    for top in root["/StructTreeRoot"]["/K"]:
        yield from walk(top.get_object(), 0, root["/Lang"])


def fonts(pdf):
    """The fonts of all pages: name without the subset's prefix, and whether it is embedded."""
    found = set()
    for page in reader(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            embedded = any(key.startswith("/FontFile") for key in below["/FontDescriptor"])
            found.add((below["/BaseFont"].split("+")[-1], embedded))
    return found
