"""A system of two processes that only answer /health: what test_supervisor.py runs as a process of its own."""

from __future__ import annotations

import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from deploy.layout import PARTS
from deploy.local.child import Command
from deploy.local.supervisor import Supervisor


class Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


def main() -> None:
    if sys.argv[1] == "answer":
        HTTPServer(("127.0.0.1", int(sys.argv[2])), Healthy).serve_forever()

    def command(part: Any, env: Any) -> Any:
        argv = (sys.executable, __file__, "answer", env["PAIZHU_HEALTH_PORT"])
        return Command(part.name, argv, env, Path(__file__).parent)

    supervisor = Supervisor(Path(sys.argv[1]), PARTS[:2], command, silence=10.0)
    signal.signal(signal.SIGTERM, supervisor.stop)
    supervisor.run()


main()
