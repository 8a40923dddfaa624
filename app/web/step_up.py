"""What pages do when a session ended over too many wrong codes in it."""

from flask import flash, url_for
from werkzeug.wrappers import Response

from app.domain.refusals import Refused
from app.web import current
from app.web.destinations import see_other
from app.web.words import sentence_of


def signed_out(refused: Refused) -> Response:
    current.leave()
    flash(sentence_of(refused, current.now()), "danger")
    return see_other(url_for("sign_in.password"))
