from django.urls import path

from performance import converters  # noqa: F401 (makes periods known in addresses)
from priorities.administration.views import people, rows
from priorities.renewal import views as renewal
from priorities.views import agencies, history, plan, work

urlpatterns = [
    path("<slug:slug>/plan/", plan.plan, name="plan"),
    path("<slug:slug>/plan/aims/<slug:aim>/", plan.aim, name="aim"),
    path("<slug:slug>/plan/strategies/", plan.strategies, name="strategies"),
    path("<slug:slug>/plan/<financial_year:year>/", plan.plan, name="plan_year"),
    path("<slug:slug>/plan/<financial_year:year>/aims/<slug:aim>/", plan.aim, name="aim_year"),
    path("<slug:slug>/actions/", work.work_plan, name="work_plan"),
    path("<slug:slug>/actions/<int:pk>/", work.action, name="action"),
    path("<slug:slug>/actions/<int:pk>/report/", work.report, name="action_report"),
    path("<slug:slug>/actions/<int:pk>/milestones/add/", work.milestone, name="milestone_add"),
    path("<slug:slug>/actions/<int:pk>/milestones/<int:milestone>/", work.milestone, name="milestone"),
    path("<slug:slug>/agencies/<slug:agency>/", agencies.agency, name="agency"),
    path("<slug:slug>/manage/", rows.index, name="manage"),
    path("<slug:slug>/manage/people/", people.people, name="people"),
    path("<slug:slug>/manage/people/invite/", people.invite, name="people_invite"),
    path("<slug:slug>/manage/people/invitations/<int:pk>/again/", people.invite_again, name="people_invite_again"),
    path("<slug:slug>/manage/people/invitations/<int:pk>/withdraw/", people.withdraw, name="people_withdraw"),
    path("<slug:slug>/manage/people/<int:pk>/role/", people.role, name="people_role"),
    path("<slug:slug>/manage/people/<int:pk>/end/", people.leave, name="people_leave"),
    path("<slug:slug>/manage/people/<int:pk>/reinstate/", people.reinstate, name="people_reinstate"),
    path("<slug:slug>/manage/renew/", renewal.renew, name="renew"),
    path("<slug:slug>/manage/<slug:kind>/", rows.items, name="manage_list"),
    path("<slug:slug>/manage/<slug:kind>/add/", rows.edit, name="manage_add"),
    path("<slug:slug>/manage/<slug:kind>/<int:pk>/", rows.edit, name="manage_change"),
    path("<slug:slug>/manage/<slug:kind>/<int:pk>/move/", rows.move, name="manage_move"),
    path("<slug:slug>/manage/<slug:kind>/<int:pk>/end/", rows.end, name="manage_end"),
    path("<slug:slug>/manage/<slug:kind>/<int:pk>/reopen/", rows.reopen, name="manage_reopen"),
    path("<slug:slug>/history/", history.history, name="history"),
]
