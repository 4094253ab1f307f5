"""The addresses of the API."""

from django.urls import path

from amends.api.v1 import api

urlpatterns = [
    path("v1/", api.urls),
]
