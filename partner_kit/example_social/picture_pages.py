"""A stored picture or video as an answer, to who may see it."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from partner_kit.example_social import posts
from partner_kit.example_social.decisions import State
from partner_kit.example_social.pages import not_found, platform_of
from partner_kit.example_social.videos import media_type


def picture_in(request: Request, state: State) -> Response:
    """Return the file of the post that the address names, while the post is in this state."""
    platform = platform_of(request)
    with platform.database.reading() as db:
        found = posts.find(db, request.path_params["post"])
    if found is None or found.state is not state:
        return not_found(request)
    file = platform.kept(found)
    return FileResponse(file, media_type=_video_type(file) if found.is_video else "image/jpeg")


def _video_type(file: Path) -> str | None:
    with file.open("rb") as opened:
        return media_type(opened.read(12))
