"""The reviewer's desk: held posts, oldest first, each with one click to judge it."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from partner_kit.example_social import posts
from partner_kit.example_social.decisions import State, Verdict
from partner_kit.example_social.pages import page, platform_of, problem, wants_json
from partner_kit.example_social.picture_pages import picture_in
from partner_kit.example_social.reviews import NotHeld, review

SHOWN = 20


def queue(request: Request) -> Response:
    with platform_of(request).database.reading() as db:
        held = posts.in_state(db, State.HELD, SHOWN, newest=False)
        cases = [(post, posts.matches(db, post.id)) for post in held]
        in_all = posts.count(db, State.HELD)
    return page(request, "review", cases=cases, in_all=in_all)


async def judge(request: Request) -> Response:
    """POST /review/{post} (form: verdict=Blocked or NotBlocked)."""
    async with request.form(max_files=0, max_fields=1) as form:
        word = form.get("verdict")
    if word not in list(Verdict):
        return problem(request, 422, "Say either Blocked or NotBlocked.")
    try:
        judged = await run_in_threadpool(
            review, platform_of(request), request.path_params["post"], Verdict(str(word))
        )
    except NotHeld:
        return problem(request, 409, "This post is not in review. Somebody may have judged it.")
    if wants_json(request):
        return JSONResponse({"post": judged.id, "state": judged.state})
    return RedirectResponse("/review", 303)


def picture(request: Request) -> Response:
    """Show a held picture, to the reviewer alone."""
    return picture_in(request, State.HELD)
