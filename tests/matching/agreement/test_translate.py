"""What zen is told means what the plain reference means by it, for cases, tables and judgements within them."""

import msgspec
import zen
from hypothesis import given
from hypothesis import strategies as st

from matching.catalogue.load_catalogue import shipped_catalogue
from matching.language.conditions import Compare, Condition, Flag, Judgement
from matching.language.quantities import Value
from tests.matching.agreement.hand_over import zen_row
from tests.matching.agreement.translate import Saying
from tests.matching.engine import reference, strategies
from tests.matching.engine.plain_truth import World
from tests.matching.engine.small_world import DAY, VOCABULARY, Firm

CATALOGUE = msgspec.structs.replace(shipped_catalogue(), vocabulary=VOCABULARY, definitions={})
leaves: st.SearchStrategy[Condition] = st.sampled_from((
    Compare(quantity=Value("staff"), operator="at_most", limit=30),
    Compare(quantity=Value("capital"), operator="at_least", limit=100),
    Flag(fact="direct", expected=True),
    Judgement(text="突出贡献"),
))  # fmt: skip
conditions = st.recursive(leaves, strategies.composite, max_leaves=6)
firms = st.builds(
    lambda staff, capital, direct: Firm(
        facts={"staff": staff, "capital": capital, "direct": direct}
    ),
    st.sampled_from((29, 30, 31)), st.sampled_from((99, 100, 101)), st.booleans(),
)  # fmt: skip


@given(conditions, st.lists(firms, min_size=1, max_size=5))
def test_zen_is_told_what_holds_and_what_may_hold_whatever_a_person_judges(
    condition: Condition, some: list[Firm]
) -> None:
    saying, world = Saying(CATALOGUE, DAY), World(DAY)
    both = [saying.say(condition, answer=answer) for answer in (False, True)]
    asked = zen.compile_expression(f"[{', '.join(both)}]")
    for firm in some:
        answers = asked.evaluate(zen_row(firm, ("staff", "capital", "direct"), VOCABULARY))
        possible = reference.outcomes(condition, firm, world)
        assert answers == [possible == {True}, True in possible]
