from django.urls import path, register_converter

from performance import converters
from performance.views import agencies, categories, dashboard

register_converter(converters.FinancialYearConverter, "financial_year")
register_converter(converters.QuarterNumberConverter, "quarter_number")

urlpatterns = [
    path("", dashboard.home, name="home"),
    path("<slug:slug>/", dashboard.dashboard, name="dashboard"),
    path("<slug:slug>/<financial_year:year>/", dashboard.dashboard, name="dashboard_year"),
    path("<slug:slug>/<financial_year:year>/chart/", dashboard.chart, name="dashboard_chart"),
    path("<slug:slug>/<financial_year:year>/<quarter_number:number>/", dashboard.dashboard, name="dashboard_quarter"),
    path("<slug:slug>/categories/<slug:category>/", categories.category, name="category"),
    path("<slug:slug>/categories/<slug:category>/chart/", categories.chart, name="category_chart"),
    path("<slug:slug>/agencies/", agencies.agencies, name="agencies"),
]
