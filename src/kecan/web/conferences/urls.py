"""Addresses of the conference pages."""

from __future__ import annotations

from django.urls import path

from kecan.web.conferences import views, views_count, views_speaking

app_name = "conferences"
urlpatterns = [
    path("hoi-nghi/", views.conference_list, name="conference_list"),
    path("dot/<int:round_id>/hoi-nghi/", views.chain_plan, name="chain_plan"),
    path("hoi-nghi/<int:conference_id>/", views.conference, name="conference"),
    path("hoi-nghi/<int:conference_id>/trieu-tap/", views.conference_summon, name="summon"),
    path("hoi-nghi/<int:conference_id>/quy-tac/", views.step_edit, name="step_edit"),
    path("hoi-nghi/<int:conference_id>/mo/", views.conference_open, name="open"),
    path("hoi-nghi/<int:conference_id>/diem-danh/", views.check_in, name="check_in"),
    path("hoi-nghi/<int:conference_id>/chi-dao/", views_speaking.directions, name="directions"),
    path("hoi-nghi/<int:conference_id>/thao-luan/", views_speaking.speech, name="speech"),
    path("hoi-nghi/<int:conference_id>/lap-phieu/", views.ballot_prepare, name="ballot_prepare"),
    path("hoi-nghi/<int:conference_id>/to-kiem-phieu/", views.committee_appoint, name="committee_appoint"),
    path("hoi-nghi/<int:conference_id>/thao-luan-xong/", views.discussion_end, name="discussion_end"),
    path("hoi-nghi/<int:conference_id>/phat-phieu/", views_count.ballots_issue, name="issue"),
    path("hoi-nghi/<int:conference_id>/thu-phieu/", views_count.voting_close, name="collect"),
    path("hoi-nghi/<int:conference_id>/nhap-phieu/", views_count.keying_start, name="keying_start"),
    path("nhap-phieu/<int:keying_id>/<int:number>/", views_count.sheet_key, name="sheet_key"),
    path("nhap-phieu/<int:keying_id>/xong/", views_count.keying_finish, name="keying_finish"),
    path("nhap-phieu/<int:keying_id>/mo-lai/", views_count.keying_reopen, name="keying_reopen"),
    path("hoi-nghi/<int:conference_id>/doi-chieu/", views_count.differences, name="differences"),
    path("hoi-nghi/<int:conference_id>/khoa/", views_count.count_close, name="count_close"),
    path("hoi-nghi/<int:conference_id>/ket-qua/", views_count.result, name="result"),
    path("bang-phieu/<int:line_id>/", views_count.tie_decide, name="tie_decide"),
    path("ghi-them/<int:write_in_id>/", views_count.write_in_resolve, name="write_in_resolve"),
    path("hoi-nghi/<int:conference_id>/bien-ban/", views.minutes_sign, name="minutes_sign"),
    path("hoi-nghi/<int:conference_id>/be-mac/", views.conference_close, name="close"),
]  # fmt: skip
