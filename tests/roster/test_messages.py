"""Every message can be shown in both languages."""

import re

from driegesprek.roster import messages
from driegesprek.tables import Message


def test_every_message_has_both_languages_and_the_same_parameters():
    declared = [value for value in vars(messages).values() if isinstance(value, Message)]
    assert len(declared) > 20
    for message in declared:
        dutch = set(re.findall(r"{(\w+)}", message.nl + message.remedy_nl))
        english = set(re.findall(r"{(\w+)}", message.en + message.remedy_en))
        assert message.nl
        assert message.en
        assert dutch == english, message.code
        assert bool(message.remedy_nl) == bool(message.remedy_en), message.code
