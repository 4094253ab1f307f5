"""The addresses of the complaint form."""

from django.urls import path

from amends.channels.webform.views import complain, thanks

app_name = "webform"
urlpatterns = [
    path("", complain, name="complain"),
    path("thanks/<str:token>/", thanks, name="thanks"),
]
