"""Django's own checks: for the demo, and for a deployment with everything given that must be given."""

import base64
import os
import subprocess
import sys
import tempfile

DEPLOYMENT = {
    "DJANGO_SETTINGS_MODULE": "portal.config.settings.production",
    "SECRET_KEY": "check-only-" + "".join(chr(97 + i % 26) for i in range(60)),
    "DATA_KEYS": base64.urlsafe_b64encode(b"check-only-key-check-only-key-32"[:32]).decode(),
    "INDEX_KEY": "check-only-index-key-" + "x" * 32,
    "ALLOWED_HOSTS": "yishi.example.org",
    "BASE_URL": "https://yishi.example.org",
    "EMAIL_URL": "smtp://localhost:25",
    "SMS_BACKEND": "file",
    # What the law asks to be shown; the numbers are nobody's.
    "SITE_OWNER": "示例区人民政府办公室",
    "SITE_OPERATOR": "示例区政务服务中心",
    "SITE_PHONE": "0000-12345",
    "SITE_CODE": "0000000000",
    "SITE_ICP": "京ICP备00000000号",
    "SITE_POLICE": "京公网安备00000000000000号",
}


def main() -> int:
    """Run both; warnings fail."""
    with tempfile.TemporaryDirectory() as folder:
        demo = {"DJANGO_SETTINGS_MODULE": "portal.config.settings.demo", "YISHI_VAR": folder}
        return _check(demo) | _check(DEPLOYMENT | {"YISHI_VAR": folder}, "--deploy")


def _check(environment: dict[str, str], *options: str) -> int:
    command = [sys.executable, "manage.py", "check", "--fail-level", "WARNING", *options]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
