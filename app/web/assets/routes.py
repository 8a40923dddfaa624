from flask import Blueprint, Response, abort, request

from app.web.assets.store import Store

_YEAR = "public, max-age=31536000, immutable"


def blueprint(store: Store) -> Blueprint:
    pages = Blueprint("assets", __name__)

    @pages.get("/assets/<digest>/<path:name>")
    def asset(digest: str, name: str) -> Response:
        found = store.find(digest, name)
        if found is None:
            abort(404)
        gzipped = found.gzipped if request.accept_encodings["gzip"] else None
        response = Response(gzipped or found.content, mimetype=found.mimetype)
        response.headers["Cache-Control"] = _YEAR
        response.vary.add("Accept-Encoding")
        if gzipped:
            response.headers["Content-Encoding"] = "gzip"
        response.set_etag(found.digest)
        response.make_conditional(request)
        return response

    return pages
