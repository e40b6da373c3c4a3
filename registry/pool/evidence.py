"""What was known of an enterprise when a change was made, kept with the change.

The values that counted and the list entries, each with its source: enough to answer "on what grounds" without
a frozen population, which only a run has and most days do not.
"""

from collections.abc import Sequence

import msgspec

from matching.language.vocabulary import Vocabulary, fact_of_column
from registry.profiles.knowledge import Knowledge
from registry.profiles.load_profile import load_profile
from registry.profiles.types import Profile


async def evidence_of(
    enterprise_id: int, knowledge: Knowledge, facts: Sequence[str], vocabulary: Vocabulary
) -> str:
    """Give, as JSON, the values of these facts that count on the day, and every list entry."""
    profile = await load_profile(enterprise_id, knowledge, vocabulary)
    return frozen(profile, knowledge, facts)


def frozen(profile: Profile, knowledge: Knowledge, facts: Sequence[str]) -> str:
    """Write down the values of these facts that count, and every list entry, with their sources."""
    said = [
        value
        for column, values in profile.values.items()
        if fact_of_column(column)[0] in facts
        for value in values
        if value.chosen
    ]
    kept = {
        "as_of": knowledge.as_of,
        "known_at": knowledge.known_at,
        "values": {
            value.column: {
                "value": value.value,
                "department": value.department,
                "file": value.file_name,
                "observed_on": value.observed_on,
            }
            for value in said
        },
        "entries": profile.entries,
    }
    return msgspec.json.encode(kept).decode()
