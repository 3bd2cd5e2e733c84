"""The list of paths in the documents is the list of paths in the profiles."""

from programmes import paths


def test_every_path_is_listed() -> None:
    text = paths.LIST.read_text(encoding="utf-8")

    assert paths.written(text) == text
    assert "| `form.copies` | copies | LN2018 printed |" in text
    assert "| `term.months` | months | LN2018 unknown, LN2002 printed, SX2015 printed |" in text
