"""A served page as a reader sees it."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

PAGES = [
    "/st-albans/",
    "/st-albans/2007-08/",
    "/st-albans/2006-07/",
    "/st-albans/2008-09/q2/",
    "/st-albans/categories/theft-of-cycle/",
    "/st-albans/categories/all-bcs-crimes/",
    "/st-albans/categories/drug-misuse/",
    "/st-albans/plan/",
    "/st-albans/agencies/",
    "/about/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/password/reset/sent/",
    "/accounts/password/reset/1-none-such/",
    "/accounts/password/reset/done/",
    "/accounts/inactive/",
    "/none-such/",
]
"""Every page that can be read without signing in, full, empty and not found, with St Albans loaded."""


class Page:
    def __init__(self, markup: str) -> None:
        self.soup = BeautifulSoup(markup, "html.parser")

    @property
    def text(self) -> str:
        """The words of the page, with single spaces."""
        main = self.soup.find("main")
        return words(main if isinstance(main, Tag) else self.soup)

    def all(self, selector: str) -> list[str]:
        return [words(each) for each in self.soup.select(selector)]

    def one(self, selector: str) -> str:
        (found,) = self.all(selector)
        return found

    def links(self, selector: str = "a") -> list[str]:
        return [str(each["href"]) for each in self.soup.select(selector)]

    def rows(self, table: str = "main table") -> list[list[str]]:
        """The cells of a table's body, row by row."""
        return [[words(cell) for cell in row.select("th, td")] for row in self.soup.select(f"{table} tbody tr")]


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split()).replace(" .", ".").replace(" ,", ",")
