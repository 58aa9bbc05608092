"""The addresses of promises at the desk."""

from __future__ import annotations

from django.urls import path

from cms.desk import promises


def promise_urls() -> list:
    """The screens of promises."""
    return [
        path("promises/", promises.promises, name="promises"),
        path("promises/new/<slug:code>/", promises.new_promise, name="promise_new"),
        path("promises/<int:number>/", promises.promise, name="promise"),
        path("promises/<int:number>/owner/", promises.promise_owner, name="promise_owner"),
        path("promises/<int:number>/words/", promises.promise_words, name="promise_words"),
        path("promises/<int:number>/say/<slug:step>/", promises.promise_step, name="promise_step"),
    ]
