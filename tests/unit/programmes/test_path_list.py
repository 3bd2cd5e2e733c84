"""The list of paths in the documents is the list of paths in the profiles."""

from programmes import paths


def test_every_path_is_listed() -> None:
    text = paths.LIST.read_text(encoding="utf-8")

    assert paths.written(text) == text
    assert "| `form.copies` | copies | `integer ≥ 1` | 登记表报送 | LN2018 printed |" in text
    assert "| `batch.number` | batch | `integer ≥ 0` | information only | LN2018 printed |" in text
    assert "| `coverage.full` | clause only | no value |  | LN2018 printed, SX2015 printed |" in text
