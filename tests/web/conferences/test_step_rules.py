"""What spoils a ballot is set with the step, and printed; older steps get what they lack."""

from __future__ import annotations

import json
from copy import deepcopy
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from tests.web.conferences import morning as m

from kecan.regulations.chains import load_chain
from kecan.vocabulary import Confidence
from kecan.web.audit.models import LedgerEntry
from kecan.web.conferences.forms import StepForm
from kecan.web.conferences.rules import step_from_json, step_to_json
from kecan.web.papers.ballot_paper import ballot_form

if TYPE_CHECKING:
    from django.test import Client

    from kecan.web.conferences.models import Conference

pytestmark = pytest.mark.django_db
OLDER = json.loads(
    """{
      "key": "btv",
      "title": {"vi": "Hội nghị Ban Thường vụ mở rộng", "en": "Enlarged meeting"},
      "body": "standing_committee", "has_ballot": true,
      "question": "nominate", "subjects": "all",
      "threshold": {
        "share": "2/3", "bound": "from", "base": "ballots_valid", "confidence": "assumed",
        "source": {"document": "Nghị quyết", "dated": "2022-01-05", "place": "", "url": ""}
      },
      "quorum": {
        "share": "2/3", "bound": "from", "base": "summoned", "confidence": "assumed",
        "source": {"document": "Nghị quyết", "dated": "2022-01-05", "place": "", "url": ""}
      },
      "categories": [{
        "key": "member", "title": {"vi": "Uỷ viên", "en": "Members"},
        "post_kinds": ["standing_member"], "unit_kinds": []
      }],
      "announces_result": false, "over_cap": "rank", "tie_rule": "chair_decides",
      "shortfall_rule": "fail", "write_in_lines": 4
    }"""
)
"""A step as the version before validity and write-ins on single posts froze it."""


@pytest.fixture
def conference() -> Conference:
    return m.first_conference(m.small_round())


def fill_older() -> None:
    name = "kecan.web.conferences.migrations.0004_rules_of_older_versions"
    import_module(name).fill(apps, None)


def test_a_step_of_an_older_version_gets_what_it_lacks_and_keeps_what_it_says(
    conference: Conference,
) -> None:
    template = load_chain(conference.round.chain_template).steps[0]
    conference.rules = deepcopy(OLDER)
    conference.save()
    with pytest.raises(KeyError):
        step_from_json(conference.rules)

    fill_older()

    conference.refresh_from_db()
    step = step_from_json(conference.rules)
    assert step.validity == template.validity
    assert step.write_ins_on_single_posts is template.write_ins_on_single_posts
    kept = {key: conference.rules[key] for key in OLDER}
    (category,) = kept["categories"]
    assert category.pop("tier") == "any"
    assert kept == OLDER


def test_a_category_of_an_older_version_gets_whose_offices_it_takes(
    conference: Conference,
) -> None:
    before = deepcopy(conference.rules)
    for one in conference.rules["categories"]:
        del one["tier"]
    conference.save()

    fill_older()

    conference.refresh_from_db()
    assert conference.rules == before
    assert "own" in {one["tier"] for one in before["categories"]}


@pytest.mark.parametrize("chain_key", ["seed-2022", "no longer shipped"])
def test_a_whole_step_stays_as_it_is_whatever_chain_it_came_from(
    conference: Conference, chain_key: str
) -> None:
    type(conference.round).objects.update(chain_template=chain_key)
    before = conference.rules

    fill_older()

    conference.refresh_from_db()
    assert conference.rules == before


def posted(conference: Conference, **said: str) -> dict[str, str]:
    """Return what a browser sends of the form as it is filled in, changed by ``said``."""
    form = StepForm.of(step_from_json(conference.rules))
    assert form is not None
    filled = {
        name: "on" if value is True else str(value)
        for name, value in form.initial.items()
        if value is not False
    }
    return {name: value for name, value in (filled | said).items() if value}


def test_what_spoils_a_ballot_is_set_with_the_step_and_written_to_the_ledger(
    conference: Conference, officer_client: Client
) -> None:
    address = f"/hoi-nghi/{conference.pk}/"
    assert "chọn quá số lượng; không đánh dấu ai" in text(officer_client, address)

    officer_client.post(
        f"{address}quy-tac/", posted(conference, both_boxes="on", over_choice="")
    )

    conference.refresh_from_db()
    validity = step_from_json(conference.rules).validity
    assert validity.both_boxes.is_invalid
    assert not validity.over_choice.is_invalid
    assert validity.blank.is_invalid
    assert validity.both_boxes.confidence is Confidence.ASSUMED
    page = text(officer_client, address)
    assert "không đánh dấu ai; có người bị đánh dấu cả hai ô" in page
    entry = LedgerEntry.objects.get(action="conference.step_edited")
    assert "có người bị đánh dấu cả hai ô" in json.loads(entry.details)["after"]


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_form_sent_as_it_was_filled_in_changes_no_rule(
    conference: Conference, officer_client: Client
) -> None:
    before = step_from_json(conference.rules)

    officer_client.post(f"/hoi-nghi/{conference.pk}/quy-tac/", posted(conference))

    conference.refresh_from_db()
    assert step_from_json(conference.rules) == before
    assert step_to_json(before) == conference.rules


def test_the_ballot_tells_voters_when_both_boxes_spoil_it(
    conference: Conference, officer_client: Client
) -> None:
    officer_client.post(
        f"/hoi-nghi/{conference.pk}/quy-tac/", posted(conference, both_boxes="on")
    )
    conference.refresh_from_db()

    assert ballot_form(m.opened(conference)).both_boxes_spoil
