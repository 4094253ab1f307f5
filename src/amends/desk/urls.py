"""The addresses of the pages."""

from django.urls import path

from amends.desk.views.patterns import patterns

app_name = "desk"
urlpatterns = [
    path("patterns/", patterns, name="patterns"),
]
