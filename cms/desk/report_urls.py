"""The addresses of the screens of annual reports."""

from __future__ import annotations

from django.urls import path

from cms.desk import reports


def report_urls() -> list:
    """The list, and the page on which a second person decides."""
    return [
        path("annual-reports/", reports.reports, name="annual_reports"),
        path("annual-reports/<int:number>/", reports.report, name="annual_report"),
    ]
