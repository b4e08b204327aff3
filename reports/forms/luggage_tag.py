"""Luggage tag and claim stub 行李牌 (L2): the tag goes on the pieces, the stub to the guest; both carry the code."""

from pms.reporting import Cell, Code, Cut, Fields, Signatures, Words, heading, kinds
from pms.say import say

TITLE = say("Luggage tag")
CODE = "F-04"


def story(tag):
    yield heading(TITLE, None, say("Tag {number}", number=tag.tag))
    yield Words(say("On the luggage"), bold=True, size=9.5)
    yield from part(tag)
    yield Signatures((say("Depositor's signature"), say("Concierge"), say("Collected by, document seen")))
    yield Cut(say("Claim stub, for the guest"))
    yield Words(say("Claim stub"), bold=True, size=9.5)
    yield from part(tag)
    yield Words(say("What is not collected in time is listed as overdue every night; the house rules apply."))
    yield Words(say("Handed out for this stub and a document. No valuables, no inflammable or dangerous goods inside."))


def part(tag):
    yield Code(tag.code, tag.tag, big=True)
    yield Fields((
        (say("Pieces"), str(tag.pieces)),
        (say("What"), tag.description),
        (say("Where"), tag.shelf),
        (say("Depositor"), tag.depositor),
        (say("Room"), tag.room or None),
        (say("Contact"), tag.contact or None),
        (say("Collected by"), tag.collector or tag.depositor),
        (say("Left at"), Cell(tag.stored_at, kinds.moment)),
        (say("Due"), Cell(tag.due_at, kinds.moment)),
        (say("By"), tag.stored_by),
    ))  # fmt: skip
