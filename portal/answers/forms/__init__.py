"""What people type, checked and given back with its errors."""
