"""What everybody sees: the published posts, the upload form, and what became of an upload."""

import time

import anyio
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from partner_kit.example_social import posts
from partner_kit.example_social.decisions import State, outcome
from partner_kit.example_social.pages import not_found, page, platform_of, problem, wants_json
from partner_kit.example_social.picture_pages import picture_in
from partner_kit.example_social.pictures import BadPicture
from partner_kit.example_social.uploads import MAX_CAPTION, upload

SHOWN = 50
"""Posts on the first page; an example needs no second."""

ONE_AT_A_TIME = anyio.CapacityLimiter(1)
"""A picture of 100 megapixels takes about a gigabyte while it is hashed: never two at once."""


def feed(request: Request) -> Response:
    with platform_of(request).database.reading() as db:
        newest = posts.in_state(db, State.PUBLISHED, SHOWN, newest=True)
    return page(request, "feed", posts=newest, max_caption=MAX_CAPTION)


async def take_upload(request: Request) -> Response:
    """POST /upload (multipart: picture, caption): say at once whether it is published."""
    async with request.form(max_files=1, max_fields=1) as form:
        file, caption = form.get("picture"), form.get("caption", "")
        data = await file.read() if isinstance(file, UploadFile) else b""
    try:
        made = await anyio.to_thread.run_sync(
            upload,
            platform_of(request),
            data,
            caption if isinstance(caption, str) else "",
            int(time.time()),
            limiter=ONE_AT_A_TIME,
        )
    except BadPicture as bad:
        return problem(request, 422, str(bad))
    if wants_json(request):
        return JSONResponse({"outcome": outcome(made.state), "post": made.id})
    return RedirectResponse(f"/posts/{made.id}", 303)


def post(request: Request) -> Response:
    with platform_of(request).database.reading() as db:
        found = posts.find(db, request.path_params["post"])
    return page(request, "post", post=found) if found else not_found(request)


def picture(request: Request) -> Response:
    """Show a picture to everybody, if it is published."""
    return picture_in(request, State.PUBLISHED)
