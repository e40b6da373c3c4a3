"""The one day the benchmark's items are judged on."""

from datetime import date

DAY = date(2026, 9, 30)
