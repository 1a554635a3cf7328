#!/usr/bin/env python3
"""Check a city's published answers yourself: one file, Python 3.8 or later, nothing to install.

    python3 yishi_verify.py https://city.example/answers/2026/03/q260302-7k2m9q/
    python3 yishi_verify.py --calendar calendar.json questions.jsonl
    python3 yishi_verify.py --calendar calendar.json --save-anchors heads.txt questions.jsonl
    python3 yishi_verify.py --calendar calendar.json --anchors heads.txt questions.jsonl
    python3 yishi_verify.py 2026-03-01.json
    python3 yishi_verify.py --ticket 01234567-89ab-4cde-8f01-23456789abcd 2026-03-01.json

It counts both promises of every question anew (accept within 24 hours, reply within 7 working days),
compares its verdicts with the published ones, recomputes the chain of hashes and compares the
published wording with what the chain commits to. It was written apart from the software that runs the
city's portal and shares no line with it.

A file about a draw (whom the city's centre called back) it draws again: the seed must fit the commitment
that was published before the pool was closed, the pool its digest, and the lots those who were drawn.
--ticket finds out whether a question was in the pool; its id stands in the address of its page.

A chain that was rewritten from its first event to its last would fit itself. Against that keep the
heads of the chains (--save-anchors) and compare them later (--anchors): a chain may grow, never change.

Exit status: 0 everything fits, 1 something does not, 2 something could not be read.
"""

import argparse
import hashlib
import hmac
import json
import sys
from datetime import datetime, timedelta, timezone
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

CHINA = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
FIRST = "0" * 64


class Misfit(Exception):
    """Something published does not fit together."""


class Unreadable(Exception):
    """Something that is needed cannot be read at all."""


# --- Reading ------------------------------------------------------------------------------------


def read(source):
    """Return the text of a file or an address."""
    if source.startswith(("http://", "https://")):
        with urlopen(source, timeout=60) as answer:  # noqa: S310 — only the two schemes above
            return answer.read().decode("utf-8")
    with open(source, encoding="utf-8", newline="") as file:
        return file.read()


def parse(text):
    """Return the object that `text` holds; a text that was touched in any byte is no longer in this form."""
    data = json.loads(text)
    if json.dumps(data, ensure_ascii=False, sort_keys=True) != text:
        raise Misfit("the file is not byte for byte as the portal writes it")
    seal = data.pop("seal", None)
    if seal != hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest():
        raise Misfit("the file does not fit its seal")
    return data


# --- Counting -----------------------------------------------------------------------------------


class Calendar:
    """Working days by the published notices, one set of notices an edition."""

    def __init__(self, data):
        self.versions = data["versions"]
        self.editions = data["editions"]
        self.days = {}

    def named(self, edition):
        """Return the days that an edition's notices name; local before national, a later year before an earlier."""
        if edition not in self.days:
            versions = [self.versions[name] for name in self.editions[edition]]
            versions.sort(key=lambda version: (version["layer"] == "local", version["year"]))
            days = {}
            for version in versions:
                days.update(version["days"])
            known = {v["year"]: v["announced"] for v in versions if v["layer"] == "national"}
            self.days[edition] = days, min([year for year, said in known.items() if not said] or [9999])
        return self.days[edition]

    def works(self, edition, day):
        """Tell whether somebody works on `day`."""
        kind = self.named(edition)[0].get(day.isoformat())
        return kind == "work" if kind else day.weekday() < 5

    def due(self, edition, since, count, pauses=()):
        """Return the first instant after the `count`-th working day that follows `since`, and if it is provisional.

        The day of `since` is not counted. A working day counts if the clock runs at its midnight.
        """
        day = since.astimezone(CHINA).date()
        while count:
            day += DAY
            midnight = datetime(day.year, day.month, day.day, tzinfo=CHINA) + DAY
            if self.works(edition, day) and not any(start <= midnight < end for start, end in pauses):
                count -= 1
        return midnight, day.year >= self.named(edition)[1]


def instant(value):
    """Return the instant that is written as ISO 8601 or as microseconds since 1970."""
    if isinstance(value, int):
        return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=value)
    return datetime.fromisoformat(value)


class Count:
    """One question's clocks, as an outsider counts them."""

    def __init__(self, calendar):
        self.calendar = calendar
        self.asked_at = None
        self.typed_at = None  # later than asked_at where staff wrote down what they were told
        self.reopened_at = None
        self.running = {}  # clock -> (due, provisional)
        self.first_promise = None
        self.extended_by = 0
        self.paused_at = None
        self.paused_reply = None
        self.pauses = []
        self.verdicts = set()

    def settle(self, now):
        """Call every clock late that has run out; on a provisional date nobody is late."""
        for clock, (due, provisional) in sorted(self.running.items()):
            if due <= now and not provisional:
                self.verdicts.add((clock, "late", due, due))
                del self.running[clock]

    def stop(self, clock, now):
        """Stop a clock that still runs: it was kept."""
        due, _provisional = self.running.pop(clock, (None, None))
        if due is not None and now < due:
            self.verdicts.add((clock, "in_time", due, now))

    def expect(self, what, published, counted):
        """Compare a published instant with the counted one."""
        if instant(published) != counted:
            raise Misfit("%s is published as %s and counts to %s" % (what, published, counted.isoformat()))

    def reply(self, edition):
        """Return the reply's end: seven working days, those of an extension, without those of a pause."""
        return self.calendar.due(edition, self.asked_at, 7 + self.extended_by, self.pauses)

    def move(self, clock, old, counted, payload):
        """Let a clock run to its counted end, which is never before the promised one."""
        due, provisional = counted
        due = max(due, old[0])
        self.expect("the new end of the %s clock" % clock, payload["due"], due)
        if payload["provisional"] not in (provisional, old[1]):  # a kept date is as certain as it was
            raise Misfit("a date is called certain that is not, or the other way round")
        self.running[clock] = due, payload["provisional"]

    def split(self, payload):
        """From the first extension or pause on, the date that was promised first is counted apart."""
        if self.first_promise is None:
            self.first_promise = self.running["reply"]
            self.running["plain"] = self.first_promise
        self.expect("the date promised first", payload["plain_due"], self.running.get("plain", self.first_promise)[0])

    def hear(self, name, at, payload):
        """Take one event in."""
        self.settle(at)
        if name == "question_submitted":
            self.asked_at = self.typed_at = at
            if payload.get("received_at"):
                self.expect("the time of receipt", payload["received_at"], at)
                self.typed_at = instant(payload["recorded_at"])
            if at > self.typed_at:
                raise Misfit("it was asked after it was written down")
            self.expect("the end of the 24 hours", payload["accept_due"], at + timedelta(hours=24))
            due, provisional = self.calendar.due(payload["calendar"], at, 7)
            self.expect("the end of the 7 working days", payload["reply_due"], due)
            if payload["reply_provisional"] != provisional:
                raise Misfit("a date is called certain that is not, or the other way round")
            self.running = {"accept": (at + timedelta(hours=24), False), "reply": (due, provisional)}
        elif name == "receipt_corrected":
            self.correct(payload)
        elif name == "question_accepted":
            self.stop("accept", at)
        elif name == "extension_granted":
            old = self.running["reply"]
            self.split(payload)
            self.extended_by = payload["working_days"]
            self.move("reply", old, self.reply(payload["calendar"]), payload)
        elif name == "clock_paused":
            self.split(payload)
            self.paused_at, self.paused_reply = at, self.running.pop("reply")
        elif name == "clock_resumed":
            self.pauses.append((self.paused_at, at))
            self.move("reply", self.paused_reply, self.reply(payload["calendar"]), payload)
        elif name == "due_recomputed":
            self.recompute(payload)
        elif name == "answer_released":
            self.stop("reply", at)
            self.stop("plain", at)
        elif name == "question_reopened":
            self.reopened_at = at
            due, provisional = self.calendar.due(payload["calendar"], at, 5)
            self.expect("the end of the 5 working days", payload["due"], due)
            self.running["reopen"] = due, provisional
        elif name == "reopening_answered":
            self.stop("reopen", at)

    def correct(self, payload):
        """Count the clocks that still run from a corrected time of receipt."""
        self.asked_at = instant(payload["received_at"])
        if self.asked_at > self.typed_at:
            raise Misfit("it was asked after it was written down")
        edition = payload["calendar"]
        counted = {
            "accept": (self.asked_at + timedelta(hours=24), False),
            "reply": self.reply(edition),
            "plain": self.calendar.due(edition, self.asked_at, 7),
        }
        for clock in sorted(set(counted) & set(self.running)):
            self.expect("the corrected end of the %s clock" % clock, payload[clock + "_due"], counted[clock][0])
            if clock != "accept" and payload[clock + "_provisional"] != counted[clock][1]:
                raise Misfit("a date is called certain that is not, or the other way round")
            self.running[clock] = counted[clock]

    def recompute(self, payload):
        """Count a clock anew after a change of the calendar."""
        clock, edition = payload["clock"], payload["calendar"]
        if clock not in self.running:
            raise Misfit("a clock was moved that had ended")
        self.expect("the old end", payload["old_due"], self.running[clock][0])
        if clock == "reply":
            counted = self.reply(edition)
        elif clock == "plain":
            counted = self.calendar.due(edition, self.asked_at, 7)
        else:
            counted = self.calendar.due(edition, self.reopened_at, 5)
        self.move(clock, self.running[clock], counted, payload)


# --- Checking -----------------------------------------------------------------------------------


def chain(events):
    """Recompute the chain; events that are not public stand in it with their hash only."""
    previous = FIRST
    for number, event in enumerate(events, start=1):
        if event["seq"] != number or event["previous_hash"] != previous:
            raise Misfit("the chain is broken at event %d" % number)
        previous = event["hash"]
        if "payload" in event:
            content = {key: value for key, value in event.items() if key != "hash"}
            text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            if hashlib.sha256(b"yishi.event.2:" + text.encode()).hexdigest() != event["hash"]:
                raise Misfit("event %d differs from its hash" % number)
    return previous


def wording(published, events):
    """Compare the published texts with the commitments of the last publication or correction."""
    said = [e["payload"] for e in events if e.get("name") in ("answers.answer_published", "answers.answer_amended")]
    if not said:
        raise Misfit("the chain holds no publication")
    key = bytes.fromhex(published["key"])
    for field in ("question", "answer"):
        made = hmac.new(key, b"yishi.commitment.1:" + published[field].encode(), hashlib.sha256).hexdigest()
        if made != said[-1][field + "_commitment"]:
            raise Misfit("the published %s is not the one that was let out" % field)


def check(data, calendar):
    """Check one question; return its counted verdicts. Raises Misfit."""
    events = data["events"]
    chain(events)
    wording(data["published"], events)
    count, published = Count(calendar), set()
    for event in events:
        if "payload" not in event:
            continue
        if event["aggregate"] != data["question"]:
            raise Misfit("an event of another question")
        name, payload = event["name"].rpartition(".")[2], event["payload"]
        at = instant(event["occurred_at"])
        if name == "question_submitted" and payload["number"] != data["number"]:
            raise Misfit("another question's number")
        if name != "verdict_recorded":
            count.hear(name, at, payload)
        elif payload["leg"] == "":
            published.add((payload["clock"], payload["outcome"], instant(payload["due"]), at))
    last = max(instant(event["recorded_at"]) for event in events if "payload" in event)
    count.settle(last)
    if count.verdicts != published:
        wrong = sorted(str(one[:2]) for one in count.verdicts ^ published)
        raise Misfit("counted and published verdicts differ: " + ", ".join(wrong))
    return sorted((clock, outcome) for clock, outcome, _due, _at in published)


def draw_again(data, question):
    """Draw the call-backs of a period again; return what to say of it. Raises Misfit."""
    if not data["pool_digest"]:
        return "the pool is still open; committed to at %s" % data["committed_at"]
    if instant(data["committed_at"]) >= instant(data["drawn_at"]):
        raise Misfit("the seed was committed to after the pool was closed")
    lines = sorted("%s %s\n" % (office, one) for office, part in data["strata"].items() for one in part["tickets"])
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    if digest != data["pool_digest"]:
        raise Misfit("the pool differs from its digest")
    said = "%d in the pool" % len(lines)
    if question:
        mine = hashlib.sha256(b"yishi.draw.ticket.1:answers.call_back:" + question.lower().encode()).hexdigest()
        found = [office for office, part in data["strata"].items() if mine in part["tickets"]]
        said += "; yours is %s" % ("in it, at %s" % found[0] if found else "not in it")
    if not data["seed"]:
        return said + "; the seed is not open before the calls are over"
    if hashlib.sha256(b"yishi.draw.seed.1:" + data["seed"].encode()).hexdigest() != data["commitment"]:
        raise Misfit("the seed is not the one that was committed to")
    key = ("%s:%s" % (data["seed"], digest)).encode()
    drawn = 0
    for office, part in data["strata"].items():
        lots = sorted(part["tickets"], key=lambda one: hmac.new(key, one.encode(), hashlib.sha256).hexdigest())
        if lots[: data["per_office"]] != part["drawn"]:
            raise Misfit("others are drawn at %s" % office)
        drawn += len(part["drawn"])
    return said + "; %d drawn, the same" % drawn


def grown(events, anchor):
    """Tell whether the chain still holds the head that was kept."""
    seq, kept = anchor
    return len(events) >= seq and events[seq - 1]["hash"] == kept


def evidence(source):
    """Yield the raw text of every question of a source: a page's address, a JSON file or a JSONL file."""
    if source.startswith(("http://", "https://")) and not source.endswith((".json", ".jsonl")) and "?" not in source:
        source = source.rstrip("/") + "/events.json"
    for line in read(source).split("\n"):
        if line:
            yield line


def calendar_of(option, sources):
    """Read the calendar named on the command line, or the one of the first source's own portal."""
    if option is None:
        parts = urlsplit(sources[0])
        if not parts.netloc:
            raise OSError("for files, name the calendar: --calendar calendar.json")
        option = urljoin("%s://%s" % (parts.scheme, parts.netloc), "/open/calendar.json")
    return Calendar(parse(read(option)))


def judge(data, calendar, given):
    """Check one thing that was published; return what to say of it. Raises Misfit.

    calendar: called where it is needed, for a draw needs none.
    """
    if data["format"] == "yishi.draw.1":
        return draw_again(data, given.ticket)
    verdicts = check(data, calendar())
    return ", ".join("%s %s" % one for one in verdicts)


def main(arguments=None):
    """Check every source, print a line a question and a summary; return the exit status."""
    options = argparse.ArgumentParser(description="Check a city's published answers yourself.")
    options.add_argument("sources", nargs="+", help="an answer's address, a .json or a .jsonl file")
    options.add_argument("--calendar", help="the working calendar: a file or an address")
    options.add_argument("--anchors", help="heads of the chains that were kept earlier")
    options.add_argument("--save-anchors", help="keep the heads of the chains in this file")
    options.add_argument("--ticket", metavar="QUESTION", help="the id of a question: was it in the pool of the draw?")
    options.add_argument("--quiet", action="store_true", help="print what does not fit, and the summary")
    given = options.parse_args(arguments)
    good = bad = 0
    heads = []
    kept: list = []

    def calendar():
        """Read the calendar once; without it nothing can be checked."""
        if not kept:
            try:
                kept.append(calendar_of(given.calendar, given.sources))
            except (OSError, ValueError, KeyError, Misfit) as error:
                raise Unreadable(error) from error
        return kept[0]

    try:
        anchors = {}
        if given.anchors:
            for line in read(given.anchors).splitlines():
                question, seq, head = line.split()
                anchors[question] = int(seq), head
        for source in given.sources:
            for text in evidence(source):
                number = "?"
                try:
                    data = parse(text)
                    number = data.get("number") or data.get("begins", "?")
                    said = judge(data, calendar, given)
                    if "question" in data:
                        if data["question"] in anchors and not grown(data["events"], anchors.pop(data["question"])):
                            raise Misfit("the chain was rewritten since its head was kept")
                        heads.append((data["question"], len(data["events"]), data["events"][-1]["hash"]))
                    good += 1
                    if not given.quiet:
                        print("ok    %s  %s" % (number, said))
                except (Misfit, KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as misfit:
                    bad += 1
                    print("WRONG %s  %s" % (number, misfit or type(misfit).__name__))
        if given.save_anchors:
            with open(given.save_anchors, "w", encoding="utf-8") as file:
                file.writelines("%s %d %s\n" % head for head in heads)
    except (OSError, ValueError, KeyError, Unreadable) as error:
        print("cannot read: %s" % error, file=sys.stderr)
        return 2
    print("%d checked: %d fit, %d do not" % (good + bad, good, bad))
    return 1 if bad or not good else 0


if __name__ == "__main__":
    sys.exit(main())
