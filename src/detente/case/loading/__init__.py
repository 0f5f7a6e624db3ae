"""From YAML files to a validated case, with every problem located."""
