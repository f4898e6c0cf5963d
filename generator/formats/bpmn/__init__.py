"""Process → BPMN 2.0."""
