"""The rules of signing in, as this installation has them: 等保 2.0 level two, unless set otherwise.

GB/T 22239-2019 7.1.4.1 asks for identities that cannot be taken over: complex passwords changed from time
to time, an end to failed attempts, and sessions that end by themselves; the figures are the installation's.
"""

import msgspec


class SignInRules(msgspec.Struct, frozen=True, kw_only=True):
    """How passwords must be, how long sessions last, how guessing is slowed. One field a variable.

    password_length   fewest signs. password_classes: of small, capital, digit, other.
    password_days     a password older than that must be changed. password_history: as many old ones are not
                      taken again.
    idle_minutes, session_hours  a session ends so long after it was last used; after it began.
    free_failures     as many failures in a row go without delay; the next waits delay_seconds, each further one
                      twice as long, up to longest_delay_seconds. Counted per name and origin.
    source_failures   as many failures within a day, whatever the names, slow one unknown source alike.
    code_hours        how long a one-time code in place of a password is good.
    """

    password_length: int = 8
    password_classes: int = 3
    password_days: int = 90
    password_history: int = 5
    idle_minutes: int = 30
    session_hours: int = 12
    free_failures: int = 5
    delay_seconds: int = 30
    longest_delay_seconds: int = 3600
    source_failures: int = 50
    code_hours: int = 24


LEAST = {"password_length": 8, "password_classes": 2}
"""Below these no installation may go; elsewhere 1."""

MOST = {"password_length": 64, "password_classes": 4, "longest_delay_seconds": 86_400}
