"""The working calendar as versioned data: which days count, and which document says so."""
