"""YAML 1.2 read into trees that remember where everything stood."""
