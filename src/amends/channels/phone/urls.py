"""The address of the page. The server includes it with `frame`, which draws what stands around every staff page."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from amends.channels.phone.views import call

app_name = "phone"
urlpatterns = [path("", login_required(call), name="call")]
