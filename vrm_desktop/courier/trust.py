"""Whom TLS trusts: the operating system's store, read once, under our own floor. Never a certificate of our own."""

import contextlib
import ssl
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

# Where systems keep their certificates when OpenSSL was built without knowing.
_BUNDLES: Final = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/cert.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
)


def system_trust(*, platform: str = sys.platform, bundles: Sequence[str] = _BUNDLES) -> ssl.SSLContext:
    """A context that trusts what the operating system trusts, already hardened.

    `bundles` are the files tried, first one wins, when OpenSSL's own places (or those named in `SSL_CERT_FILE` and
    `SSL_CERT_DIR`) hold no certificate.
    """
    if platform in {"darwin", "win32"}:
        import truststore

        return hardened(truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    # Elsewhere truststore reads the whole bundle again for every connection: 20 ms on the loop each time.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_default_verify_paths()
    if not context.cert_store_stats()["x509_ca"] and not _has_certificates(ssl.get_default_verify_paths().capath):
        for bundle in bundles:
            if Path(bundle).is_file():
                context.load_verify_locations(cafile=bundle)
                break
    return hardened(context)


def hardened(context: ssl.SSLContext) -> ssl.SSLContext:
    """The same context, with TLS 1.2 as its floor, no tickets, and HTTP/1.1 as the one protocol offered.

    Raises `ValueError` for a context that does not check certificates and host names.
    """
    if context.verify_mode is not ssl.CERT_REQUIRED or not context.check_hostname:
        msg = "a context that does not check whom it talks to"
        raise ValueError(msg)
    # A name counts only where certificates list names, not in the free text of their subject.
    context.hostname_checks_common_name = False
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # Python resumes no session unless it is handed one; without tickets there is none to hand over or to be known by.
    context.options |= ssl.OP_NO_TICKET | ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    return context


def _has_certificates(folder: str | None) -> bool:
    """Whether OpenSSL finds hashed certificates there, which it reads one by one when it needs them."""
    with contextlib.suppress(OSError):
        return folder is not None and any(Path(folder).glob("*.[0-9]"))
    return False
