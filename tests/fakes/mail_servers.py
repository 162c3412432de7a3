"""Mail servers on loopback: one that takes mail (aiosmtpd), one that says what a test tells it to, one real (Dovecot).

Never here: what a mail says.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from system_packages import SERVICES

from tests.fakes.held_port import HeldPort, held_port

USER, PASSWORD = "otti", 'Zwiebel"fisch\\ 7'
_SECONDS = 60


class Postbox:
    """What an SMTP server has taken: `mails` as bytes, `senders`, `recipients`; `answer` is said to each mail."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.senders: list[str] = []
        self.recipients: list[str] = []
        self.greetings: list[str] = []
        self.answer = "250 OK queued as 7"

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.greetings.append(hostname)
        session.host_name = hostname
        return responses

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's
        if self.answer.startswith("250"):
            self.mails.append(envelope.content)
            self.senders.append(envelope.mail_from)
            self.recipients += envelope.rcpt_tos
        return self.answer


def _knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, said: Any) -> AuthResult:
    right = isinstance(said, LoginPassword) and (said.login, said.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def smtp_server(box: Postbox | None = None, **settings: Any) -> Iterator[tuple[Postbox, int]]:
    """A server on a free port; it lets `USER` in with `PASSWORD`. `settings` go to aiosmtpd."""
    box = Postbox() if box is None else box
    with held_port() as port:
        controller = Controller(
            box, hostname="127.0.0.1", port=port, authenticator=_knows, ready_timeout=_SECONDS, **settings
        )
        controller.start()
        try:
            yield box, port
        finally:
            controller.stop()


class Dovecot:
    """A real IMAP server of a test's own: one user, made in a temporary folder, gone afterwards."""

    def __init__(self, certificate: Path | None = None) -> None:
        service = next(one for one in SERVICES if one.name == "dovecot")
        self._program = service.find("dovecot")
        self._folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self._mail = self._folder / "mail"
        self._mail.mkdir()
        self._held = HeldPort()
        self.port = self._held.number
        self._made = 0
        self._config = self._folder / "dovecot.conf"
        self._config.write_text(self._settings(certificate), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def _settings(self, certificate: Path | None) -> str:
        me, group = ("nobody", "nogroup") if os.geteuid() == 0 else (str(os.geteuid()), str(os.getegid()))
        if os.geteuid() == 0:
            shutil.chown(self._folder, me, group)
            shutil.chown(self._mail, me, group)
            self._folder.chmod(0o755)
        (self._folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n", encoding="utf-8")
        tls = f"ssl = yes\nssl_cert = <{certificate}\nssl_key = <{certificate}\n" if certificate else "ssl = no\n"
        return f"""
base_dir = {self._folder}/run
state_dir = {self._folder}/state
log_path = {self._folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {me}
default_login_user = {me}
default_internal_group = {group}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
{tls}
mail_location = maildir:{self._mail}
mail_uid = {me}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_log_prefix = ""
rawlog_dir = {self._folder}/raw
passdb {{
  driver = passwd-file
  args = {self._folder}/users
}}
userdb {{
  driver = static
  args = uid={me} gid={group} home={self._mail}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        assert self._program is not None
        self._process = subprocess.Popen(
            [self._program, "-F", "-c", str(self._config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + _SECONDS
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=_SECONDS) as line:
                    if line.recv(100).startswith(b"* OK"):
                        return
            except OSError:
                time.sleep(0.05)  # the port is not open yet; there is nothing to wait on
        raise AssertionError((self._folder / "log").read_text(encoding="utf-8", errors="replace"))

    def put(self, mail: bytes, folder: str = "INBOX") -> None:
        """Lay a mail into a folder, as a delivery does."""
        place = self._mail if folder == "INBOX" else self._mail / f".{folder}"
        for one in ("cur", "new", "tmp"):
            (place / one).mkdir(parents=True, exist_ok=True)
        self._made += 1
        file = place / "new" / f"{1_700_000_000 + self._made}.M{self._made}P1.here"
        file.write_bytes(mail)
        if os.geteuid() == 0:
            for path in (*place.rglob("*"), place, file):
                shutil.chown(path, "nobody", "nogroup")

    def flags(self) -> list[str]:
        """The flags of all mails in INBOX, as their files' names carry them."""
        places = [*(self._mail / "cur").iterdir(), *(self._mail / "new").iterdir()]
        return sorted(path.name.partition(":2,")[2] for path in places)

    def remove(self) -> None:
        """Stop it, and leave nothing behind."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(_SECONDS)
        self._held.let_go()
        shutil.rmtree(self._folder, ignore_errors=True)
