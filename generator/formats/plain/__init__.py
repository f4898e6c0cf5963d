"""An SOP as running text, in the order of its flow: Markdown for machines, a page that is read aloud."""
