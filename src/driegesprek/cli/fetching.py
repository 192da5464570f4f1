"""Fetching a public file over the network: resumed where it broke off, checked, and not fetched again while unchanged."""

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

CHUNK = 256 * 1024
MOST_BYTES = 500_000_000
_SECONDS = 60
_PARTIAL, _NOT_MODIFIED, _RANGE = 206, 304, 416


class FetchError(Exception):
    """A file could not be fetched; the message says why and what to do."""


class Answer(Protocol):
    """What a server answers."""

    status: int
    headers: Mapping[str, str]

    def read(self, size: int) -> bytes:
        """The next bytes."""


@dataclass(frozen=True)
class Fetched:
    """A file in the folder.

    Attributes:
        path: Where.
        what: fetched, resumed or unchanged.
        size: Bytes.
    """

    path: Path
    what: str
    size: int


def fetch(url: str, folder: Path) -> Fetched:
    """Fetch a file into a folder, under the name that its address gives.

    A part that an earlier try left is gone on with when the server still has the same version (If-Range); a file that is
    there is asked for with its ETag or date, and kept when the server says that nothing changed.

    Raises:
        FetchError: the address cannot be reached, answers with an error or a web page, or breaks off.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _name(url)
    known = _known(path)
    part = path.with_name(path.name + ".part")
    begun = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers=_headers(known, path, begun))  # noqa: S310 -- http or https only, see _name
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 -- as above
            return _take(answer, path, part, begun)
    except urllib.error.HTTPError as error:
        return _refused(error, url, path, part)
    except (OSError, ValueError) as error:
        raise FetchError(
            f"{url}: {getattr(error, 'reason', error)}. Try again; what came in is kept."
        ) from error


def _name(url: str) -> str:
    if not re.match(r"https?://", url):
        raise FetchError(f"{url}: only http and https addresses are fetched.")
    name = url.partition("?")[0].rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"[^\w.,-]", "_", name) or "file"


def _known(path: Path) -> dict[str, Any]:
    about = path.with_name(path.name + ".json")
    try:
        found = json.loads(about.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _headers(known: Mapping[str, Any], path: Path, begun: int) -> dict[str, str]:
    tag, date = str(known.get("etag") or ""), str(known.get("modified") or "")
    headers = {"User-Agent": "driegesprek", "Accept-Encoding": "identity"}
    if begun and (tag or date):
        return {**headers, "Range": f"bytes={begun}-", "If-Range": tag or date}
    if path.exists() and not begun:
        headers |= {"If-None-Match": tag} if tag else {}
        headers |= {"If-Modified-Since": date} if date else {}
    return headers


def _refused(error: urllib.error.HTTPError, url: str, path: Path, part: Path) -> Fetched:
    if error.code == _NOT_MODIFIED and path.exists():
        return Fetched(path, "unchanged", path.stat().st_size)
    if error.code == _RANGE:
        part.unlink(missing_ok=True)
    raise FetchError(
        f"{url}: the server answers {error.code}. Look the file up at its publisher; the address may be old."
    )


def _take(answer: Any, path: Path, part: Path, begun: int) -> Fetched:
    if "text/html" in (answer.headers.get("Content-Type") or ""):
        raise FetchError(f"{answer.url}: a web page came instead of a file. The address may be old.")
    resumed = answer.status == _PARTIAL and begun > 0
    _remember(path, answer.headers)
    total = int(answer.headers.get("Content-Length") or 0) + (begun if resumed else 0)
    if total > MOST_BYTES:
        raise FetchError(f"{answer.url}: {total // 1_000_000} MB is more than is fetched.")
    with part.open("ab" if resumed else "wb") as file:
        while piece := answer.read(CHUNK):
            file.write(piece)
            if file.tell() > MOST_BYTES:
                raise FetchError(
                    f"{answer.url}: more than {MOST_BYTES // 1_000_000} MB came; it is not kept."
                )
    size = part.stat().st_size
    if total and size != total:
        raise FetchError(
            f"{answer.url}: broke off after {size} of {total} bytes. Try again; it goes on from there."
        )
    os.replace(part, path)  # noqa: PTH105 -- atomic, over an older version
    return Fetched(path, "resumed" if resumed else "fetched", size)


def _remember(path: Path, headers: Mapping[str, str]) -> None:
    found = {"etag": headers.get("ETag"), "modified": headers.get("Last-Modified")}
    path.with_name(path.name + ".json").write_text(json.dumps(found), encoding="utf-8")
