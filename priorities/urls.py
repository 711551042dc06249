from django.urls import path

from priorities.views import plan

urlpatterns = [path("<slug:slug>/plan/", plan.plan, name="plan")]
