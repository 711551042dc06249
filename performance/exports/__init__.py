"""The same numbers and marks as on the page, as files: CSV for machines, XLSX and ODS for people."""

from .csv import as_csv
from .ods import as_ods
from .workbooks import Table, Workbook
from .xlsx import as_xlsx

__all__ = ["Table", "Workbook", "as_csv", "as_ods", "as_xlsx"]
