"""Addresses of the conference pages."""

from __future__ import annotations

from django.urls import path

from kecan.web.conferences import views

app_name = "conferences"
urlpatterns = [
    path("hoi-nghi/<int:conference_id>/", views.conference, name="conference"),
    path("hoi-nghi/<int:conference_id>/mo/", views.conference_open, name="open"),
    path("hoi-nghi/<int:conference_id>/diem-danh/", views.check_in, name="check_in"),
    path("hoi-nghi/<int:conference_id>/phat-phieu/", views.ballots_issue, name="issue"),
    path("hoi-nghi/<int:conference_id>/thu-phieu/", views.voting_close, name="collect"),
    path("hoi-nghi/<int:conference_id>/nhap-phieu/", views.keying_start, name="keying_start"),
    path("nhap-phieu/<int:keying_id>/<int:number>/", views.sheet_key, name="sheet_key"),
    path("nhap-phieu/<int:keying_id>/xong/", views.keying_finish, name="keying_finish"),
    path("hoi-nghi/<int:conference_id>/doi-chieu/", views.differences, name="differences"),
    path("hoi-nghi/<int:conference_id>/khoa/", views.count_close, name="count_close"),
    path("hoi-nghi/<int:conference_id>/ket-qua/", views.result, name="result"),
    path("hoi-nghi/<int:conference_id>/bien-ban/", views.minutes_sign, name="minutes_sign"),
    path("hoi-nghi/<int:conference_id>/be-mac/", views.conference_close, name="close"),
]  # fmt: skip
