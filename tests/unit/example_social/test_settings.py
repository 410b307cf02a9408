"""What is wrong with the environment is said by name, and keys are never said at all."""

import pytest

from partner_kit.example_social.settings import REQUIRED, SettingsError, read_settings

WHOLE = {
    "EXAMPLE_SOCIAL_API_URL": "http://127.0.0.1:8000/v1/",
    "EXAMPLE_SOCIAL_SUBSCRIPTION_KEY": "secret-1",
    "EXAMPLE_SOCIAL_FETCH_KEY": "secret-2",
    "EXAMPLE_SOCIAL_FEEDBACK_KEY": "secret-3",
    "EXAMPLE_SOCIAL_QUEUE_URL": "http://127.0.0.1:4566/000000000000/inbox",
    "EXAMPLE_SOCIAL_STATE": "/somewhere",
}


def test_a_whole_environment_is_understood() -> None:
    settings = read_settings(WHOLE)

    assert settings.api_url == "http://127.0.0.1:8000/v1"
    assert settings.port == 8480


def test_everything_missing_is_named_in_one_sentence() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"EXAMPLE_SOCIAL_FETCH_KEY": "  "})

    assert all(f"EXAMPLE_SOCIAL_{name}" in str(caught.value) for name in REQUIRED)


def test_keys_are_not_shown() -> None:
    assert "secret" not in repr(read_settings(WHOLE))


@pytest.mark.parametrize(
    ("name", "value"),
    [("API_URL", "secret/v1"), ("QUEUE_URL", "arn:secret"), ("PORT", "secret"), ("PORT", "65536")],
)
def test_what_cannot_be_right_is_named_and_not_quoted(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"EXAMPLE_SOCIAL_{name}") as caught:
        read_settings(WHOLE | {f"EXAMPLE_SOCIAL_{name}": value})

    assert "secret" not in str(caught.value)
