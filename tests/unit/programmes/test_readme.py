"""The list of paths in the README is the list of paths in the profiles."""

from programmes import paths


def test_readme_lists_every_path() -> None:
    text = paths.README.read_text(encoding="utf-8")

    assert paths.written(text) == text
    assert "| `form.copies` | copies | LN2018 printed |" in text
    assert "| `term.months` | months | LN2018 unknown, LN2002 printed, SX2015 printed |" in text
