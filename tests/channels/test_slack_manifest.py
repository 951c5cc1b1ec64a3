"""The manifest of the Slack app, as `psoas slack manifest` prints it."""

import pytest
import yaml

from assistant import cli
from assistant.channels.slack.manifest import manifest
from assistant.errors import InputError

ADDRESS = "https://clinic.example/psoas/webhooks/slack/webhook"


def test_the_command_prints_the_manifest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["slack", "manifest", "--url", "https://clinic.example/psoas/"]) == 0
    made = yaml.safe_load(capsys.readouterr().out)
    assert made["settings"]["event_subscriptions"]["request_url"] == ADDRESS
    assert made["settings"]["interactivity"]["request_url"] == ADDRESS
    assert made["features"]["slash_commands"][0]["url"] == ADDRESS


def test_the_app_may_do_no_more_than_the_door_does() -> None:
    made = yaml.safe_load(manifest("https://clinic.example"))
    assert set(made["oauth_config"]["scopes"]["bot"]) == {
        "app_mentions:read", "chat:write", "commands", "files:write", "im:history", "im:write",
    }  # fmt: skip
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == {"app_mention", "message.im"}


def test_the_texts_keep_to_slacks_limits() -> None:
    made = yaml.safe_load(manifest("https://clinic.example"))["display_information"]
    assert len(made["name"]) <= 35
    assert len(made["description"]) <= 140
    assert 174 <= len(made["long_description"]) <= 4000


@pytest.mark.parametrize(
    "url", ["http://clinic.example", "clinic.example", "https://a b", "https://x/?y=1", "https://x\n"]
)
def test_an_address_that_slack_would_not_call_is_refused(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match="--url"):
        manifest(url)
    assert cli.main(["slack", "manifest", "--url", url]) == 2
    assert "--url" in capsys.readouterr().err
