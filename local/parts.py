"""The three processes of a system, each with all that it is told from outside."""

from local.children import Child, start
from local.cloud import Cloud
from local.environment import ACCOUNT, REGION, as_owner, clean
from local.folder import Folder
from local.partners import Partner
from local.ports import HOST
from local.proxy.plan import ProxyPlan
from local.stack import Stack
from local.streams import rewind


def start_cloud(port: int, folder: Folder, *, enforce_roles: bool) -> Child:
    """Start ministack. It loads what an earlier run left in the folder."""
    state = folder.aws / "state"
    rewind(state)
    settings = {
        "BIND_HOST": HOST,  # it would listen on every interface otherwise
        "GATEWAY_PORT": str(port),
        "MINISTACK_ACCOUNT_ID": ACCOUNT,  # routes answer Not Found unless it is the stack's
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(folder.aws / "objects"),
        "TMPDIR": str(folder.temporary),
        "AUTH": str(enforce_roles).lower(),
        # Listeners on fixed ports that nothing here needs.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
    }
    return start(
        "The local AWS",
        "local.emulator",
        environment={**clean(), **settings},
        log=folder.log("cloud"),
    )


def start_proxy(port: int, folder: Folder, stack: Stack, cloud: Cloud) -> Child:
    """Start what stands in for CloudFront."""
    plan = ProxyPlan(
        port=port,
        cloud=cloud.endpoint,
        bucket=stack.outputs["PageBucket"],
        api_host=f"{stack.outputs['ApiId']}.execute-api.localhost:{cloud.endpoint.rpartition(':')[2]}",
        distribution=stack.distribution,
    )
    path = folder.root / "proxy.json"
    plan.write(path)
    return start(
        "The local proxy",
        "local.proxy",
        str(path),
        environment=clean(),
        log=folder.log("proxy"),
    )


def start_social(port: int, folder: Folder, api: str, cloud: Cloud, as_: Partner) -> Child:
    """Start Example Social, which learns no more of us than any partner would."""
    settings = {
        "PORT": str(port),
        "STATE": str(folder.social),
        "API_URL": api,
        "QUEUE_URL": as_.queue or "",
        "SUBSCRIPTION_KEY": as_.keys.subscription_key,
        "FETCH_KEY": as_.keys.function_keys["FetchHashes"],
        "FEEDBACK_KEY": as_.keys.function_keys["SubmitFeedback"],
    }
    return start(
        "Example Social",
        "partner_kit.example_social",
        environment={
            **as_owner(cloud.endpoint),
            **{f"EXAMPLE_SOCIAL_{name}": value for name, value in settings.items()},
        },
        log=folder.log("social"),
    )
