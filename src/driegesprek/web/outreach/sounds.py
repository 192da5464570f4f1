"""What kind of sound a file is, by its content; its name and what the browser says are not believed."""

from driegesprek.instruments.signatures import HEAD, sound_kind

LARGEST = 10 * 1024 * 1024
EXTENSIONS = {
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/webm": "webm",
}
kind_of = sound_kind

__all__ = ["EXTENSIONS", "HEAD", "LARGEST", "kind_of"]
