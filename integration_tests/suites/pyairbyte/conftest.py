"""Order of the checks of this suite."""


def pytest_collection_modifyitems(items: list) -> None:
    """The lines of all runs are judged once all runs have been made."""
    items.sort(key=lambda item: item.path.name == "test_lines.py")
