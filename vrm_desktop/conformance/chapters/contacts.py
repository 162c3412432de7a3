"""Talking without a want, showing that one is known, and going on under another key. Only what the card lists."""

from vrm_desktop.conformance.forging import members_of, signed
from vrm_desktop.conformance.rules import Rule, full
from vrm_desktop.conformance.talk import Bench, Talk
from vrm_desktop.conformance.vectors.vector import words
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.protocol.keys import key_proof, known_proof
from vrm_desktop.protocol.messages import Acknowledgement, KeyChange
from vrm_desktop.protocol.signing import SeedSigner

CONTACT = full("contact-answered", "7", "A `contact` is answered as a ping is: terms first, or a closure")
KNOWN_TAKEN = full("known-taken", "4", "A `known` that holds harms nothing")
KEY = full("key-change-answered", "4", "A `key-change` is acknowledged, to the new key")
KEY_FOLLOWED = full("key-change-followed", "4", "After a `key-change` messages of the new key count, and no others")
RULES: tuple[Rule, ...] = (CONTACT, KNOWN_TAKEN, KEY, KEY_FOLLOWED)


async def makes_contact(bench: Bench) -> None:
    """Change the key, and come back as a customer with a word of the newer one."""
    if not any(bench.marks.wants(rule) for rule in RULES):
        return
    talk = bench.talk()
    await talk.agree()
    if bench.card.understands(Kind.KEY_CHANGE):
        await _changes_key(talk)
    else:
        bench.marks.not_applicable((KEY, KEY_FOLLOWED), "the card does not list `key-change`")
    if bench.card.understands(Kind.CONTACT):
        await _contacts(bench, talk)
    else:
        bench.marks.not_applicable((CONTACT, KNOWN_TAKEN), "the card does not list `contact`")
    await talk.leave()


async def _changes_key(talk: Talk) -> None:
    asker = talk.asker
    new, old = SeedSigner(asker.random(32)), asker.signer
    proof = key_proof(asker.conversation, new)
    sealed = asker.seal(lambda claims: KeyChange(**claims, kid=new.kid, proof=proof))
    await talk.say(sealed)
    of = sealed.message_id
    await talk.listen(
        lambda heard: isinstance(heard, Acknowledgement) and heard.of == of and heard.aud == new.kid,
        KEY,
        "no acknowledgement to the new key came",
    )
    asker.signer = new
    answer = await talk.calls.post(talk.messages, signed(members_of(words(asker)), old))
    refused = answer.status != 202
    await talk.chat()
    talk.marks.judge(KEY_FOLLOWED, "" if refused else "a message of the old key was taken")


async def _contacts(bench: Bench, known: Talk) -> None:
    talk, older = bench.talk(), known.asker
    proof = known_proof(older.conversation, older.signer, kid=talk.asker.signer.kid, vendor=bench.card.key)
    await talk.agree(talk.asker.contact(known=proof))
    bench.marks.judge(CONTACT)
    await talk.chat()
    bench.marks.judge(KNOWN_TAKEN)
    await talk.leave()
