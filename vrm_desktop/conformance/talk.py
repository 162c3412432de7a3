"""One conversation with the desk under test, over real HTTP: open, say, listen, and come to an offer."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from vrm_desktop.conformance import hearing
from vrm_desktop.conformance.ask import Ask
from vrm_desktop.conformance.asker import Asker
from vrm_desktop.conformance.calls import Calls, problem_of
from vrm_desktop.conformance.errors import Broken, NotToBeHad
from vrm_desktop.conformance.rules import Marks, Rule, core, full
from vrm_desktop.courier.answers import Answer
from vrm_desktop.courier.client import Courier
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.messages import (
    Acknowledgement,
    AnyMessage,
    Closure,
    End,
    Message,
    Offer,
    TermsAnswer,
)
from vrm_desktop.protocol.negotiation import Accepted, Countered, Declined, check_answer
from vrm_desktop.protocol.sealing import Sealed

TAKEN = core("taken", "3", "A message that keeps the rules is answered `202`")
LOCATION = core("location", "3", "A ping's answer names {endpoint}/conversations/{id} as `Location`")
RETRY_AFTER = core("retry-after", "3", "`202` says in `Retry-After` when to look for the answer")
TERMS_ANSWERED = core("terms-answered", "5", "A ping is answered with `terms-answer`, or with a closure")
TERMS_FORM = core("terms-form", "5", "The answer on terms has the form of an accept, a counter or a decline")
TERMS_TEXT = core("terms-text", "5", "What is accepted is the very text that was proffered, under both signatures")
TERMS_LISTED = core("terms-listed", "2", "Terms that the card lists are signed as proffered")
OFFER_MADE = core("offer-made", "7", "A reveal is answered with an offer (or a closure, where nothing fits)")
ACKNOWLEDGED = core("acknowledged", "7", "A person's message is answered with an acknowledgement of it, or with words")
SAW = full("answer-has-seen", "4", "An answer's `seen` covers the message that it answers")
RULES = (
    TAKEN, LOCATION, RETRY_AFTER, TERMS_ANSWERED, TERMS_FORM, TERMS_TEXT, TERMS_LISTED, OFFER_MADE, ACKNOWLEDGED, SAW,
)  # fmt: skip

_ACCEPTED = 202
_PAUSE = 0.2
_HELD = 3
_NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """All that a run has: the desk's verified card, what to ask it for, and the means. `patience` is in seconds."""

    courier: Courier
    card_url: str
    card: VendorCard
    ask: Ask
    marks: Marks
    now: Callable[[], datetime]
    random: Callable[[int], bytes]
    patience: float
    lines: list[str] = field(default_factory=list)

    def asker(self, *, others: bool = False) -> Asker:
        """Somebody new, with keys of their own."""
        return Asker(vendor=self.card.key, ask=self.ask, now=self.now, random=self.random, others=others)

    def calls(self) -> Calls:
        """A line of its own to the desk."""
        self.lines.append(f"person {len(self.lines)}")
        return Calls(self.courier.line(self.lines[-1]), marks=self.marks, now=self.now, patience=self.patience)

    def talk(self, *, others: bool = False) -> "Talk":
        """A conversation that is not yet opened."""
        return Talk(self, self.asker(others=others), self.calls())

    @property
    def conversations(self) -> str:
        """Where pings are posted."""
        return f"{self.card.endpoint}/conversations"


class Talk:
    """One made-up person talking to the desk. Each step grades what it sees; `Broken` where it cannot go on."""

    def __init__(self, bench: Bench, asker: Asker, calls: Calls) -> None:
        self.bench, self.asker, self.calls, self.marks = bench, asker, calls, bench.marks

    @property
    def messages(self) -> str:
        """Where the conversation's messages are."""
        return f"{self.bench.conversations}/{self.asker.id}/messages"

    # saying

    async def open(self, opening: Sealed | None = None) -> Answer:
        """Post the ping, or another opening."""
        envelope = self.asker.commit(opening or self.asker.ping())
        answer = await self.calls.post(self.bench.conversations, envelope.to_bytes())
        self._taken(answer)
        located, expected = answer.headers.get("location", ""), f"{self.bench.conversations}/{self.asker.id}"
        try:
            fits = urljoin(self.bench.conversations, located) == expected
        except ValueError:
            fits = False
        self.marks.judge(LOCATION, "" if fits else f"{located!r} instead of {expected}")
        return answer

    async def say(self, sealed: Sealed) -> Answer:
        """Post a further message."""
        answer = await self.calls.post(self.messages, self.asker.commit(sealed).to_bytes())
        self._taken(answer)
        return answer

    def _taken(self, answer: Answer) -> None:
        taken = answer.status == _ACCEPTED
        problem = "" if taken else f"an honest message was answered {answer.status} {problem_of(answer).code}"
        self.marks.judge(TAKEN, problem)
        if problem:
            raise Broken(problem)
        seconds = answer.headers.get("retry-after", "")
        self.marks.judge(RETRY_AFTER, "" if seconds.isdecimal() else f"Retry-After {seconds!r}")

    # listening

    async def read(self, query: str = "", *, wait: int = 0, headers: Mapping[str, str] = _NO_HEADERS) -> Answer:
        """GET the messages with this person's secret."""
        waits = {"prefer": f"wait={wait}"} if wait else {}
        said = {"authorization": f"Bearer {self.asker.secret}", **waits, **headers}
        return await self.calls.get(self.messages + query, headers=said, wait=wait)

    async def listen(self, wanted: Callable[[AnyMessage], bool], rule: Rule, missing: str) -> AnyMessage:
        """Hear messages until one is wanted; grades `rule`. Messages heard before this call do not count.

        Raises:
            Broken: it does not come within the patience, or something else is wrong.
        """
        loop = asyncio.get_running_loop()
        until, first = loop.time() + self.calls.patience, len(self.asker.heard)
        while True:
            for _, message in self.asker.heard[first:]:
                if wanted(message):
                    self.marks.judge(rule)
                    self._judge_seen(message)
                    return message
            first = len(self.asker.heard)
            left = until - loop.time()
            if left <= 0:
                problem = f"{missing} within {self.calls.patience:g} s"
                self.marks.judge(rule, problem)
                raise Broken(problem)
            if not await self.catch_up(wait=max(1, min(_HELD, int(left)))):
                await asyncio.sleep(min(_PAUSE, left))

    async def catch_up(self, *, wait: int = 0) -> bool:
        """Hear what there is; whether there was anything."""
        answer = await self.read(f"?side=vendor&after={len(self.asker.heard)}", wait=wait)
        rows, _more = hearing.read_list(answer, self.marks)
        try:
            hearing.hear(self.asker, rows, self.marks, self.bench.card.currencies)
        except ProtocolError as error:
            raise Broken(f"{error.code}: {error}") from error
        return bool(rows)

    def _judge_seen(self, message: AnyMessage) -> None:
        said, seen = len(self.asker.sent), getattr(message.seen, "seq", 0)
        self.marks.judge(SAW, "" if seen >= said else f"`seen` {seen} in the answer to message {said}")

    # the way to an offer

    async def terms(self, opening: Sealed | None = None) -> Accepted | Countered | Declined:
        """Open by a ping or `opening`, and hear the answer on terms; an accept is kept as agreed.

        Raises:
            NotToBeHad: the desk closes the conversation instead.
        """
        await self.open(opening)
        answer = await self.listen(
            lambda message: isinstance(message, TermsAnswer | Closure), TERMS_ANSWERED, "no answer on terms came"
        )
        if not isinstance(answer, TermsAnswer):
            raise NotToBeHad("the desk closed instead of answering on terms")
        person, vendor = self.asker.signer.kid, self.bench.card.key
        rule = TERMS_TEXT if answer.answer == "accept" else TERMS_FORM
        try:
            verdict = check_answer(self.asker.proffered, answer, person=person, vendor=vendor)
        except ProtocolError as error:
            problem = f"{error.code}: {error}"
            self.marks.judge(rule, problem)
            raise Broken(problem) from error
        self.marks.judge(TERMS_FORM)
        if isinstance(verdict, Accepted):
            self.marks.judge(TERMS_TEXT)
            self.asker.agree(verdict)
        return verdict

    async def agree(self, opening: Sealed | None = None) -> None:
        """Open by a ping or `opening`, and come to terms, by closing a counter where there is one.

        Raises:
            NotToBeHad: the desk declines.
        """
        verdict = await self.terms(opening)
        proffered = {(entry.id, entry.entry) for entry in self.asker.ask.terms}
        listed = proffered <= {(terms.roster, terms.entry) for terms in self.bench.card.terms}
        if listed:
            accepted = isinstance(verdict, Accepted)
            self.marks.judge(TERMS_LISTED, "" if accepted else "terms of the card were answered otherwise")
        else:
            self.marks.not_applicable((TERMS_LISTED,), "the card lists no terms that the kit can proffer")
        match verdict:
            case Accepted():
                pass
            case Countered():
                closing = self.asker.terms_accept(verdict)
                await self.say(closing)
                self.asker.agree(verdict, closing)
            case Declined():
                raise NotToBeHad("the desk declines the terms; name others with --cast-terms and --service-terms")

    async def chat(self) -> None:
        """Say words, and hear that they came."""
        await self.say(self.asker.seal(lambda claims: Message(**claims, text="Is it still there?")))
        said = self.asker.sent[-1].message_id
        await self.listen(
            lambda heard: isinstance(heard, Message) or (isinstance(heard, Acknowledgement) and heard.of == said),
            ACKNOWLEDGED,
            "no acknowledgement came",
        )

    async def offered(self) -> Offer:
        """Reveal, and hear the first offer.

        Raises:
            NotToBeHad: the desk has nothing to offer.
        """
        await self.say(self.asker.reveal())
        answer = await self.listen(
            lambda message: isinstance(message, Offer | Closure), OFFER_MADE, "neither an offer nor a closure came"
        )
        if isinstance(answer, Offer):
            return answer
        problem = "the desk has nothing to offer; name what it sells with --category, --attribute and --words"
        self.marks.judge(OFFER_MADE, problem)
        raise Broken(problem)

    async def leave(self) -> None:
        """End, so that the desk keeps nothing for somebody who does not mean to buy."""
        await self.say(self.asker.seal(lambda claims: End(**claims)))
