"""The address of the page of terms."""

from __future__ import annotations

from django.urls import path

from kecan.web.glossary import views

urlpatterns = [path("thuat-ngu/", views.term_list, name="term_list")]
