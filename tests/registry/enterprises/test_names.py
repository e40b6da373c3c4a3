"""Name keys: two writings of one name are one, two names are two."""

from hypothesis import given
from hypothesis import strategies as st

from registry.enterprises.names import name_key


def test_width_brackets_blanks_and_case_do_not_matter() -> None:
    keys = {
        name_key(name)
        for name in (
            "甲乙（郑州）ＡＢ科技有限公司",
            "甲乙(郑州)ab科技有限公司",
            " 甲乙【郑州】Ab 科技\u3000有限公司\u200b",
            "甲乙〔郑州〕AB科技有限\n公司",
        )
    }

    assert keys == {"甲乙(郑州)AB科技有限公司"}


def test_other_letters_are_another_name() -> None:
    assert name_key("甲乙有限公司") != name_key("甲已有限公司")


@given(st.text(alphabet="甲乙有限公司 ＡＢｃ１（）()【】［］{}〔〕\u3000\u200b\n-·", max_size=30))
def test_a_key_is_its_own_key(name: str) -> None:
    key = name_key(name)

    assert name_key(key) == key
