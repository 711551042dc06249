from django.urls import path

from performance import converters  # noqa: F401 (makes periods known in addresses)
from performance.imports import views as imports
from performance.returns.views import commentary, entry, overview, reminders, transitions
from performance.views import agencies, categories, compare, dashboard, downloads, surveys, targets

urlpatterns = [
    path("", dashboard.home, name="home"),
    path("<slug:slug>/", dashboard.dashboard, name="dashboard"),
    path("<slug:slug>/<financial_year:year>/", dashboard.dashboard, name="dashboard_year"),
    path("<slug:slug>/<financial_year:year>/<quarter_number:number>/", dashboard.quarter, name="dashboard_quarter"),
    path("<slug:slug>/<financial_year:year>/chart/", dashboard.chart, name="dashboard_chart"),
    path("<slug:slug>/categories/<slug:category>/", categories.category, name="category"),
    path(
        "<slug:slug>/categories/<slug:category>/<financial_year:year>/<quarter_number:number>/",
        categories.category_quarter,
        name="category_quarter",
    ),
    path("<slug:slug>/categories/<slug:category>/chart/", categories.chart, name="category_chart"),
    path(
        "<slug:slug>/categories/<slug:category>/<financial_year:year>/<quarter_number:number>/chart/<slug:chart>/",
        categories.quarter_chart,
        name="category_quarter_chart",
    ),
    path("<slug:slug>/categories/<slug:category>/history/", categories.history, name="category_history"),
    path(
        "<slug:slug>/downloads/<period:period>/<download_format:format>/",
        downloads.download,
        name="download",
    ),
    path("<slug:slug>/compare/", compare.compare, name="compare"),
    path("<slug:slug>/agencies/", agencies.agencies, name="agencies"),
    path("<slug:slug>/surveys/", surveys.surveys, name="surveys"),
    path("<slug:slug>/targets/", targets.latest, name="targets"),
    path("<slug:slug>/targets/<financial_year:year>/", targets.targets, name="targets_year"),
    path("<slug:slug>/returns/", overview.returns, name="returns"),
    path("<slug:slug>/returns/reminders/", reminders.reminders, name="reminders"),
    path("<slug:slug>/returns/upload/", imports.upload, name="upload"),
    path("<slug:slug>/returns/upload/<uuid:pk>/", imports.preview, name="import_preview"),
    path("<slug:slug>/returns/upload/<uuid:pk>/undo/", imports.undo, name="import_undo"),
    path("<slug:slug>/returns/upload/<uuid:pk>/not-taken.csv", imports.not_taken, name="import_not_taken"),
    path("<slug:slug>/returns/upload/<uuid:pk>/publish/", imports.history, name="import_history"),
    path("<slug:slug>/returns/<period:period>/paste/", imports.paste, name="import_paste"),
    path("<slug:slug>/returns/<period:period>/template.csv", imports.template, name="import_template"),
    path("<slug:slug>/returns/<period:period>/", entry.entry, name="return"),
    path("<slug:slug>/returns/<period:period>/commentary/<slug:category>/", commentary.commentary, name="commentary"),
    path("<slug:slug>/returns/<period:period>/submit/", transitions.submit, name="return_submit"),
    path("<slug:slug>/returns/<period:period>/send-back/", transitions.send_back, name="return_send_back"),
    path("<slug:slug>/returns/<period:period>/publish/", transitions.publish, name="return_publish"),
    path("<slug:slug>/returns/<period:period>/remind/", reminders.remind, name="return_remind"),
    path("<slug:slug>/returns/<period:period>/finalise/", transitions.finalise, name="return_finalise"),
    path("<slug:slug>/returns/<period:period>/revise/<slug:category>/", transitions.revise, name="return_revise"),
]
