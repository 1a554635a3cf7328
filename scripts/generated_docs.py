"""Write the references that are generated from the code, or check that they are up to date.

python scripts/generated_docs.py [--check]
"""

import subprocess
import sys

# Each knows how to write its page, and how to compare with --check.
COMMANDS = ("state_diagram", "how_we_count", "personal_data")


def main(arguments: list[str]) -> int:
    """Run every generator; return 1 when one of them fails."""
    results = [subprocess.run([sys.executable, "manage.py", command, *arguments], check=False) for command in COMMANDS]
    return int(any(result.returncode for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
