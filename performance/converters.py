"""Periods in addresses: /2007-08/ and /2008-09/q2/. What is not a period is not an address."""

from __future__ import annotations

from django.urls import register_converter

from performance.calculations.periods import FinancialYear, Period, Quarter


class FinancialYearConverter:
    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> FinancialYear:
        return FinancialYear.parse(value)

    def to_url(self, value: FinancialYear) -> str:
        return value.slug


class QuarterNumberConverter:
    regex = "q[1-4]"

    def to_python(self, value: str) -> int:
        return int(value[1])

    def to_url(self, value: int) -> str:
        return f"q{value}"


class PeriodConverter:
    """A quarter or a whole year: /2008-09/q1/ and /2007-08/."""

    regex = "[0-9]{4}-[0-9]{2}(?:/q[1-4])?"

    def to_python(self, value: str) -> Period:
        return Quarter.parse(value) if "/" in value else FinancialYear.parse(value)

    def to_url(self, value: Period) -> str:
        return value.slug


class DownloadFormatConverter:
    regex = "csv|xlsx|ods"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DownloadFormatConverter, "download_format")
register_converter(FinancialYearConverter, "financial_year")
register_converter(QuarterNumberConverter, "quarter_number")
register_converter(PeriodConverter, "period")
