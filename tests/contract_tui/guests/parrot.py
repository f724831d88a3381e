"""A program for guests that is no contract: it says back what is typed, and misbehaves when told.

It speaks what Textual's web driver speaks, and takes no time to start.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

OUT = sys.stdout.buffer
FILE = b"%PDF-" + bytes(range(256)) * 400


def say(kind: bytes, payload: bytes) -> None:
    OUT.write(kind + len(payload).to_bytes(4, "big") + payload)
    OUT.flush()


def meta(**said: object) -> None:
    say(b"M", json.dumps(said).encode())


def misbehave(word: str) -> None:
    """Do what somebody typed."""
    match word:
        case "environment":
            say(b"D", json.dumps({"env": dict(os.environ), "args": sys.argv}).encode())
        case "die":
            os._exit(3)
        case "leave":
            bye()
        case "deaf":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            while True:
                time.sleep(60)
        case "flood":
            for _ in range(200):
                say(b"D", b"x" * 100_000)
            say(b"D", b"flooded")
        case "nonsense":
            OUT.write(b"Q\xff\xff\xff\xff")
            OUT.flush()
        case "file":
            meta(type="deliver_file_start", key="a key", path="/home/ana/My “year”\r\n.pdf")
        case "refuse":
            meta(type="refused", words="this seat was taken away")
            raise SystemExit(1)


def bye() -> None:
    Path("last words").write_text("kept")
    meta(type="exit")
    raise SystemExit(0)


def heed(said: dict[str, object]) -> None:
    match said:
        case {"type": "quit"}:
            bye()
        case {"type": "deliver_chunk_request", "key": key}:
            piece = FILE[heed.sent : heed.sent + 50_000]  # type: ignore[attr-defined]
            heed.sent += len(piece)  # type: ignore[attr-defined]
            say(b"P", str(key).encode() + b"\n" + piece)
        case _:
            say(b"D", json.dumps(said).encode())


heed.sent = 0  # type: ignore[attr-defined]


def main() -> None:
    OUT.write(b"__GANGLION__\n")
    size = os.environ["COLUMNS"], os.environ["ROWS"]
    say(b"D", f"begun {size[0]}x{size[1]}".encode())
    while head := sys.stdin.buffer.read(5):
        payload = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
        if head[:1] == b"M":
            heed(json.loads(payload))
            continue
        say(b"D", b"heard " + payload)
        misbehave(payload.decode())


if __name__ == "__main__":
    main()
