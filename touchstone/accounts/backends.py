"""登录核验: is this the right password, and is the person still active?"""

from django.contrib.auth.backends import ModelBackend


class PasswordBackend(ModelBackend):
    """Passwords only: permissions are never asked of Django but of each app's `permissions.py`."""
