"""The OpenDocument door: a spreadsheet of LibreOffice → what its sheets show."""
