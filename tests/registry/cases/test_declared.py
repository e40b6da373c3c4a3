"""cases.yml is read to the end, and every problem is told with its way out."""

from pathlib import Path

import pytest
import yaml

from registry.cases.declared import SHIPPED, load_declared
from registry.cases.errors import CasesBroken


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    said = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    said["closes_at"] = "六点"
    said["clocks"].pop("publish")
    said["clocks"]["confirm"]["working_days"] = 0
    said["remind"] = [1, 3]
    said["reasons"].pop("not_wanted")
    for key in ("too_burdensome", "other_award_preferred"):
        said["reasons"].pop(key)
    said["years"] = {
        2030: {"notice": "x", "off": ["2031-01-01", "2030-01-01"], "working": ["2030-01-01"]}
    }
    broken = tmp_path / "cases.yml"
    broken.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")

    with pytest.raises(CasesBroken) as told:
        load_declared(broken)

    for words in ("closes_at", "缺少 publish", "clocks.confirm", "remind", "decline 要写原因",
                  "2031-01-01 不在这一年", "2030-01-01 既放假又上班"):  # fmt: skip
        assert words in str(told.value)
    assert len(told.value.problems) == 7


def test_a_misspelt_field_is_not_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "cases.yml"
    broken.write_text(
        SHIPPED.read_text(encoding="utf-8").replace("warn_days", "warn_day"), encoding="utf-8"
    )

    with pytest.raises(CasesBroken, match="读不懂"):
        load_declared(broken)
