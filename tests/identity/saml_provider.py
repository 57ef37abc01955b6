"""A SAML identity provider around pysaml2 and xmlsec1.

    python -m tests.identity.saml_provider

prints its address and ends when its standard input does. It takes the metadata of others at
/register/, tells its own at /metadata/, and signs in whoever asks at /as/<name>/.
"""

import logging
import shutil
import tempfile
from http import cookies
from pathlib import Path
from urllib.parse import parse_qs

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.authn_context import PASSWORD
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAME_FORMAT_URI
from saml2.server import Server
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

from tests.identity.saml_answers import make_keys
from tests.identity.serving import serve

ADDRESSES = {
    "ada": "ada@larkspur.example",
    "twin": "ada@larkspur.example",
    "stranger": "stranger@elsewhere.example",
}


def provider(address: str, folder: Path) -> Server:
    keys = make_keys()
    (folder / "key.pem").write_text(keys.pem)
    (folder / "certificate.pem").write_text(keys.certificate)
    settings = {
        "entityid": f"{address}/metadata/",
        "xmlsec_binary": shutil.which("xmlsec1"),
        "key_file": str(folder / "key.pem"),
        "cert_file": str(folder / "certificate.pem"),
        "service": {
            "idp": {
                "endpoints": {
                    "single_sign_on_service": [(f"{address}/sso/", BINDING_HTTP_REDIRECT)]
                },
                "policy": {"default": {"lifetime": {"minutes": 5}, "name_form": NAME_FORMAT_URI}},
                "subject_data": str(folder / "subjects"),
            }
        },
    }
    return Server(config=IdPConfig().load(settings))


class Site:
    def __init__(self, server: Server) -> None:
        self.server = server

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"].strip("/").split("/")
        deed = getattr(self, f"at_{path[0]}", self.nothing)
        headers, body = deed(environ, *path[1:])
        start_response("200 OK", headers)
        return [body.encode()]

    def nothing(self, *_):
        """As for the icon that a browser asks for."""
        return [("Content-Type", "text/plain")], ""

    def at_as(self, _, name):
        return [("Set-Cookie", f"provider={name}; Path=/"), ("Content-Type", "text/plain")], name

    def at_metadata(self, _):
        return [("Content-Type", "text/xml")], str(entity_descriptor(self.server.config))

    def at_register(self, environ):
        text = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        self.server.metadata = self.server.config.load_metadata({"inline": [text]})
        return [("Content-Type", "text/plain")], "registered"

    def at_sso(self, environ):
        """As it is asked, by a form that sends itself."""
        name = cookies.SimpleCookie(environ["HTTP_COOKIE"])["provider"].value
        asked = parse_qs(environ["QUERY_STRING"])["SAMLRequest"][0]
        request = self.server.parse_authn_request(asked, BINDING_HTTP_REDIRECT).message
        said = self.server.response_args(request, [BINDING_HTTP_POST])
        answer = self.server.create_authn_response(
            {"mail": [ADDRESSES[name]], "displayName": [name.title()]},
            in_response_to=said["in_response_to"],
            destination=said["destination"],
            sp_entity_id=said["sp_entity_id"],
            name_id_policy=request.name_id_policy,
            userid=name,
            authn={"class_ref": PASSWORD, "authn_auth": self.server.config.entityid},
            sign_assertion=True,
            sign_response=False,
            sign_alg=SIG_RSA_SHA256,
            digest_alg=DIGEST_SHA256,
        )
        form = self.server.apply_binding(
            BINDING_HTTP_POST, str(answer), said["destination"], "", response=True
        )
        return [("Content-Type", "text/html")], form["data"]


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="saml-provider-") as folder:
        serve(lambda address: Site(provider(address, Path(folder))))
