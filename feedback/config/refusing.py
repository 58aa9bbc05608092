"""What anybody is told where no view answers: a page with a sentence, in the language of the address, and no more."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from surveys.answering.delivery import Refused
from surveys.answering.languages import language_asked
from surveys.answering.refusals import refused_page

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def not_readable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Of what is larger than the server takes, that it is too much; of what nobody can read, to open the page again."""
    with override(language_asked(request)):
        if isinstance(exception, TOO_MUCH):
            return refused_page(request, Refused(413, _("This is too much to send at once. Please write less.")))
        return refused_page(request, Refused(400, _("This is not a form of ours. Please open the page again.")))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """That nothing is there, without naming what was looked for."""
    with override(language_asked(request)):
        return refused_page(request, Refused(404, _("There is nothing at this address.")))


def out_of_order(request: HttpRequest) -> HttpResponse:
    """That it is our fault. Nothing here needs a database."""
    with override(language_asked(request)):
        said = _("Something of ours does not work just now. Please come back in a little while.")
        return refused_page(request, Refused(500, said))


def no_cookie_came_back(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Of a form of the desk that came without its cookie or its token: which is what another site would send."""
    with override(language_asked(request)):
        return refused_page(request, Refused(403, _("This page was not whole. Please press Send once more.")))
