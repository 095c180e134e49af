"""Access logs of the tracking pixel: nginx's combined lines, then CloudFront's fields.

Belongs here: the shape of a line and the id that its content gives a hit. Not here: who asks for
the pixel (pixel.py).
"""

import hashlib
from dataclasses import dataclass
from urllib.parse import quote

from seeds import calendar
from seeds.output import LineFile
from seeds.records import Part

FOLDER = "pixel/access"
# The company put a content delivery network before its server when October began.
_NGINX, _CLOUDFRONT = "nginx-2026-10-01{}.log.gz", "cloudfront-2026-11-01{}.log.gz"
_FIELDS = """date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status
    cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id
    x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher
    x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port
    time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start
    sc-range-end""".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_BYTES = "43"  # of the smallest picture there is


@dataclass(slots=True)
class Request:
    """What somebody asked the server for."""

    at: int
    ip: str
    agent: str
    query: str
    page: str = ""
    path: str = "/p.gif"
    status: str = "200"


class CloudFrontFile(LineFile):
    """A log that begins by naming its fields."""

    def _start(self, stream: object) -> None:
        self.stream.write(f"#Version: 1.0\n#Fields: {' '.join(_FIELDS)}\n")


def _clock(second: int) -> str:
    """`10/Oct/2026:13:55:36 +0900`: nginx writes the machine's own time."""
    day = calendar.sql(second + calendar.JST)
    return f"{day[8:10]}/{_MONTHS[int(day[5:7]) - 1]}/{day[:4]}:{day[11:19]} +0900"


def _edge(text: str) -> str:
    """Encode a value as CloudFront does, percent signs too; nothing is a hyphen."""
    return quote(text, safe="!$&'()*+,-./:;=?@_") or "-"


def _digest(parts: list[str]) -> str:
    return hashlib.md5(chr(31).join(parts).encode(), usedforsecurity=False).hexdigest()


class Log:
    """Writes requests to the log of their time."""

    def __init__(self, part: Part) -> None:
        landing = part.landing
        self.first = landing.add(LineFile, FOLDER, _NGINX)
        self._second = landing.add(CloudFrontFile, FOLDER, _CLOUDFRONT)
        self._seen: dict[str, int] = {}

    def write(self, request: Request) -> tuple[LineFile, int, str]:
        """Append a request; return the file, the record's number and the id of the hit."""
        line, parts = self._cloudfront(request) if request.at >= calendar.CUT else (
            _nginx(request)
        )  # fmt: skip
        file = self._second if request.at >= calendar.CUT else self.first
        digest = _digest(parts)
        ordinal = self._seen[digest] = self._seen.get(digest, 0) + 1
        key = hashlib.md5(f"{digest}{ordinal}".encode(), usedforsecurity=False).hexdigest()
        return file, file.write(line), f"pixel-{key}"

    def _cloudfront(self, request: Request) -> tuple[str, list[str]]:
        stamp = calendar.sql(request.at)
        day, clock = stamp[:10], stamp[11:19]
        query, page, agent = _edge(request.query), _edge(request.page), _edge(request.agent)
        edge = _digest([stamp, request.ip, request.query])[:24] + "=="
        values = dict.fromkeys(_FIELDS, "-") | {
            "date": day, "time": clock, "x-edge-location": "NRT57-P1", "sc-bytes": _BYTES,
            "c-ip": request.ip, "cs-method": "GET", "cs(Host)": "d111111abcdef8.cdn.example",
            "cs-uri-stem": request.path, "sc-status": request.status, "cs(Referer)": page,
            "cs(User-Agent)": agent, "cs-uri-query": query, "x-edge-result-type": "Miss",
            "x-edge-request-id": edge, "x-host-header": "px.hinata-living.example",
            "cs-protocol": "https", "cs-bytes": "412", "time-taken": "0.002",
            "cs-protocol-version": "HTTP/2.0", "sc-content-type": "image/gif",
        }  # fmt: skip
        shown = ["" if text == "-" else text for text in (query, page, agent)]
        parts = [request.ip, day, clock, "GET", request.path, shown[0], request.status, _BYTES,
                 shown[1], shown[2], "", edge]  # fmt: skip
        return "\t".join(values.values()), parts


def _nginx(request: Request) -> tuple[str, list[str]]:
    target = f"{request.path}?{request.query}" if request.query else request.path
    clock = _clock(request.at)
    line = (
        f'{request.ip} - - [{clock}] "GET {target} HTTP/1.1" {request.status} {_BYTES} '
        f'"{request.page or "-"}" "{request.agent or "-"}"'
    )
    parts = [request.ip, "", clock, "GET", target, "", request.status, _BYTES, request.page,
             request.agent, "", ""]  # fmt: skip
    return line, parts
