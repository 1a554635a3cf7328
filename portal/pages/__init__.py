"""The editors' pages: home, what stands below it, and what search engines are told."""
