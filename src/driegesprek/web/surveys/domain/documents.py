"""The document of what was handed in."""

import datetime as dt
import hashlib
import json

from driegesprek.instruments import Play
from driegesprek.web.surveys.domain.sheets import Sheet


def frozen(sheet: Sheet, play: Play, now: dt.datetime) -> dict[str, str]:
    """The document of what was handed in, the same bytes for the same answers, and its SHA-256.

    It holds what was asked, since that cannot always be worked out afterwards: names and dates from outside count too.
    For the same reason it holds the calculated values that the form marks with `keep`.
    """
    form = sheet.questionnaire
    kept = {path: value for path, value in play.calculated.items() if form.question(path).extra.get("keep")}
    content = {
        "format": 1,
        "response": str(sheet.id),
        "round": str(sheet.seat.round.id),
        "voice": sheet.seat.voice,
        "questionnaire": form.content_hash,
        "revision": sheet.revision,
        "frozen_at": now.astimezone(dt.UTC).isoformat(),
        "asked": [path for path in play.asked if form.question(path).kind.answerable],
        "answers": {
            path: {"status": str(one.status), "value": one.value} for path, one in sheet.answers.items()
        },
    } | ({"calculated": kept} if kept else {})
    document = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return {"document": document, "document_hash": hashlib.sha256(document.encode()).hexdigest()}
