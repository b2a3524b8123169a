"""Has other people's programs read what plateau archives: bagit the bundle, roc-validator the crate in it, jsonschema
the document of a comparison.

roc-validator fetches the RO-Crate context; it is given the copy in the package rocrate, so that nothing needs a
network.

    check_bundle.py BUNDLE.tar.gz DIFF.json DIFF.schema.json
"""

import importlib.resources
import io
import json
import pathlib
import sys
import tarfile
import tempfile
import urllib.request
import urllib.response

import bagit
import jsonschema
import requests

CONTEXT = "https://w3id.org/ro/crate/1.1/context"


class OfflineContext(urllib.request.BaseHandler):
    """Answers for the context's address, and for no other."""

    handler_order = 100
    text = importlib.resources.files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()

    def https_open(self, request):
        self.check(request.full_url)
        headers = {"Content-Type": "application/ld+json"}
        response = urllib.response.addinfourl(io.BytesIO(self.text), headers, request.full_url, 200)
        response.msg = "OK"
        return response

    @classmethod
    def get(cls, requester, url, **options):
        cls.check(url)
        response = requests.Response()
        response.status_code = 200
        response.url = url
        response.headers["Content-Type"] = "application/ld+json"
        response.raw = io.BytesIO(cls.text)
        return response

    @staticmethod
    def check(url):
        if url != CONTEXT:
            raise requests.ConnectionError(f"nothing is fetched from {url}")


def check_crate(folder):
    urllib.request.install_opener(urllib.request.build_opener(OfflineContext))
    from rocrate_validator import models, services
    from rocrate_validator.utils.http import HttpRequester

    HttpRequester.get = lambda requester, url, **options: OfflineContext.get(requester, url, **options)
    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="process-run-crate-0.5",
        requirement_severity=models.Severity.REQUIRED,
        skip_availability_check=True,
    )
    result = services.validate(settings)
    return [f"{issue.check.identifier}: {issue.message}" for issue in result.get_issues()]


def main(bundle, document, schema):
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(bundle) as archive:
            archive.extractall(folder, filter="data")
        (bag,) = pathlib.Path(folder).iterdir()
        try:
            bagit.Bag(str(bag)).validate()
            print("bagit accepts the bundle")
        except bagit.BagError as error:
            problems.append(f"bagit: {error}")
        problems += [f"roc-validator: {issue}" for issue in check_crate(bag / "data")]
        if not problems:
            print("roc-validator accepts the crate as a Process Run Crate 0.5")
    schema = json.loads(pathlib.Path(schema).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(json.loads(pathlib.Path(document).read_text())))
    problems += [f"{document}: {error.json_path}: {error.message[:200]}" for error in errors[:5]]
    if not errors:
        print("the comparison's document is what its schema says")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
