"""The broker behind TLS: Paizhu's two ways to it verify whose certificate it is."""

from __future__ import annotations

import ipaddress
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.kit.cable import Cable
from tests.kit.waiting import BOUND

ROOT = Path(__file__).parents[3]
PLAIN = "from kernel import bus; bus.hang_up(bus.connect({url!r}, 'test'))"
NAMEKO = "import kombu; kombu.Connection({url!r}, connect_timeout=300).ensure_connection(max_retries=1)"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a key and the certificate of 127.0.0.1 that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "synthetic broker")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    own = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = tmp_path_factory.mktemp("tls") / "broker.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *own) + built.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def url(rabbit_server: Any, certificate: Path) -> Iterator[str]:
    """The broker's address behind a terminator of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    cable = Cable(rabbit_server.url, context)
    yield "amqps" + cable.url.removeprefix("amqp")
    cable.close()


def connects(program: str, url: str, **env: str) -> tuple[bool, str]:
    """Whether the program comes through in a process of its own, and what it said."""
    told = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **env}
    done = subprocess.run(
        [sys.executable, "-c", program.format(url=url)],
        cwd=ROOT,
        env=told,
        capture_output=True,
        text=True,
        timeout=BOUND,
    )
    return done.returncode == 0, done.stderr


@pytest.mark.parametrize("program", [PLAIN, NAMEKO], ids=["plain processes", "services"])
def test_a_broker_is_believed_by_a_certificate_that_is_trusted_and_by_no_other(
    program: str, url: str, certificate: Path
) -> None:
    assert urlsplit(url).scheme == "amqps"
    trusted, said = connects(program, url, SSL_CERT_FILE=str(certificate))
    assert trusted, said
    believed, said = connects(program, url)
    assert not believed
    assert "CERTIFICATE_VERIFY_FAILED" in said
