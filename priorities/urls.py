from django.urls import path

from priorities.views import plan, returns

urlpatterns = [
    path("<slug:slug>/plan/", plan.plan, name="plan"),
    path("<slug:slug>/returns/", returns.returns, name="returns"),
    path("<slug:slug>/history/", returns.history, name="history"),
]
