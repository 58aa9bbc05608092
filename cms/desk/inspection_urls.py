"""The screens of inspections."""

from django.urls import path

from cms.desk import inspection, inspection_answers

SAMPLE = "inspections/<int:number>/sample/<int:year>/"
urlpatterns = [
    path("inspections/", inspection.inspections, name="inspections"),
    path("inspections/let-in/", inspection.let_in, name="inspection_let_in"),
    path("inspections/looks/", inspection.looks, name="inspection_looks"),
    path("inspections/<int:number>/", inspection.inspection, name="inspection"),
    path("inspections/<int:number>/journey/", inspection.tables, name="inspection_tables"),
    path("inspections/<int:number>/promises/", inspection_answers.promises, name="inspection_promises"),
    path("inspections/<int:number>/draw-again/", inspection_answers.draw_again, name="inspection_draw_again"),
    path(SAMPLE, inspection.sample, name="inspection_sample"),
    path(f"{SAMPLE}record/", inspection.record, name="inspection_record"),
]
