"""登录核验: is this the right password, and is the person still active?"""

from django.contrib.auth.backends import ModelBackend

from touchstone.accounts.models import User


class PasswordBackend(ModelBackend):
    """Passwords only: permissions are never asked of Django but of each app's `permissions.py`."""

    def get_user(self, user_id: int) -> User | None:
        """Give who has logged in, with the person they are: every page asks for both."""
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
