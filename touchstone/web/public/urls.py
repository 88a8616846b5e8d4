"""公众地址: which address shows which page?

Each area adds its lines in its own `PAGES` list; `NAVIGATION` is (label, view name, icon, roles that see it; none = all).
"""

from touchstone.web.navigation_types import Line

app_name = "public"
urlpatterns: list[object] = []
NAVIGATION: list[Line] = []
