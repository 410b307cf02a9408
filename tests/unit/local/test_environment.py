"""What a child process sees of the machine."""

from local.environment import as_owner, clean


def test_nothing_that_points_to_a_real_account_gets_through() -> None:
    machine = {"AWS_PROFILE": "work", "CDK_DEFAULT_ACCOUNT": "1", "PYTHONPATH": "/x", "HOME": "/h"}

    assert clean(machine) == {"HOME": "/h"}


def test_the_owner_talks_to_the_local_cloud_and_reads_no_profile() -> None:
    environment = as_owner("http://127.0.0.1:1")

    assert environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:1"
    assert environment["AWS_CONFIG_FILE"] == "/dev/null"
