"""The static files of an installation: gathered, named by their content and compressed when something changed."""

import hashlib
from pathlib import Path

STAMP = ".gathered"


def gather() -> bool:
    """Gather the static files unless what is there was made of the same files; Django must be loaded.

    Returns:
        Whether they were gathered.
    """
    from django.conf import settings  # noqa: PLC0415 - after Django is loaded
    from django.core.management import call_command  # noqa: PLC0415 - as above

    stamp, now = Path(settings.STATIC_ROOT) / STAMP, _fingerprint()
    if stamp.is_file() and stamp.read_text() == now:
        return False
    stamp.unlink(missing_ok=True)  # one that is stopped half-way is done again
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    """Of every file's name, size and moment, and of how they are stored."""
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 - as above

    found = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list(None):
            state = Path(storage.path(name)).stat()
            found.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return found.hexdigest()
