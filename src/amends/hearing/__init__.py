"""Where reader and method meet: what the acts in a message mean for this case. Acts and state in, moves out."""

from amends.hearing.agreed import counter_bid, said_again
from amends.hearing.incoming import above_nothing, denies_fix, hear
from amends.hearing.past import heard, said
from amends.hearing.reply import weigh

__all__ = ["above_nothing", "counter_bid", "denies_fix", "hear", "heard", "said", "said_again", "weigh"]
