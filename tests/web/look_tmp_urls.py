from django.urls import include, path
from tests.web import look_pages
from touchstone.urls import urlpatterns as real
import touchstone.web.public.urls as p
if not any(getattr(x, "name", "") == "home" for x in p.urlpatterns):
    p.urlpatterns.append(path("x-home", look_pages.public, name="home"))
from tests.web.look_pages import urlpatterns
if not any(getattr(x, "name", "") == "body_sign_up" for x in p.urlpatterns):
    p.urlpatterns.append(path("x-up", look_pages.public, name="body_sign_up"))
