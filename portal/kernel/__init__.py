"""The ground floor: pure domain machinery without models, I/O or Django."""
