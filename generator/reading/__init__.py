"""Other people's files → what is seen (``seen.Seen``) → what is understood (``understood.Reading``) → draft
and doubts. Doors (``pdf``, ``xlsx``, ``docx``, …) only see; one stage understands, whatever the file was."""
