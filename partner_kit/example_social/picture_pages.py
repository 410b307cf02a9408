"""A stored picture as an answer, to who may see it."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from partner_kit.example_social import posts
from partner_kit.example_social.decisions import State
from partner_kit.example_social.pages import not_found, platform_of


def picture_in(request: Request, state: State) -> Response:
    """Return the picture of the post that the address names, while the post is in this state."""
    platform = platform_of(request)
    with platform.database.reading() as db:
        found = posts.find(db, request.path_params["post"])
    if found is None or found.state is not state:
        return not_found(request)
    return FileResponse(platform.picture(found.id), media_type="image/jpeg")
