"""Many browsers in one light process: `python -m bench._client PORT REQUESTS [again]`.

Reads a line `connections seconds` per window and prints its figures as a line of JSON. Each connection stays open and
sends one request after another, always the next pupil's (with `again` those of the first after those of the last).
"""

import json
import pickle
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from itertools import chain, cycle
from pathlib import Path
from typing import Any

WANTED = b"HTTP/1.1 303"


class Connection:
    """One browser."""

    def __init__(self, port: int, todo: Iterator[list[bytes]]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests = chain.from_iterable(todo)
        self.sent = 0.0
        self.heard = b""

    def send(self) -> None:
        self.heard = b""
        self.sent = time.perf_counter()
        self.socket.sendall(next(self.requests))

    def hear(self) -> bool:
        """Whether the answer is whole."""
        piece = self.socket.recv(65536)
        if not piece:
            raise ConnectionError("the server hung up")
        self.heard += piece
        head, found, body = self.heard.partition(b"\r\n\r\n")
        if not found:
            return False
        head = head.lower()
        if b"transfer-encoding: chunked" in head:
            return body.endswith(b"0\r\n\r\n")
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        return len(body) >= length


def window(port: int, todo: Iterator[list[bytes]], number: int, seconds: float) -> dict[str, Any]:
    """Everybody sends for so long; the figures."""
    times: list[float] = []
    wrong: list[str] = []
    with selectors.DefaultSelector() as selector:
        people = [Connection(port, todo) for _ in range(number)]
        for one in people:
            selector.register(one.socket, selectors.EVENT_READ, one)
            one.send()
        start = time.perf_counter()
        end = start + seconds
        busy = number
        while busy:
            for key, _ in selector.select():
                one = key.data
                if not one.hear():
                    continue
                now = time.perf_counter()
                times.append(now - one.sent)
                if not one.heard.startswith(WANTED):
                    wrong.append(one.heard[:300].decode(errors="replace"))
                if now < end:
                    one.send()
                else:
                    busy -= 1
        took = time.perf_counter() - start
    for one in people:
        one.socket.close()
    times.sort()
    return {
        "requests": len(times),
        "per_second": len(times) / took,
        "p95_ms": times[int(len(times) * 0.95)] * 1000,
        "wrong": len(wrong),
        "example": wrong[:1],
        "busy": time.process_time(),
    }


def main() -> None:
    port, pupils = int(sys.argv[1]), pickle.loads(Path(sys.argv[2]).read_bytes())  # noqa: S301 - written by bench._town
    todo = cycle(pupils) if sys.argv[3:] else iter(pupils)
    for line in sys.stdin:
        number, seconds = line.split()
        print(json.dumps(window(port, todo, int(number), float(seconds))), flush=True)


if __name__ == "__main__":
    main()
