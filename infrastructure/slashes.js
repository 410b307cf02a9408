// Collapses doubled slashes: partners' clients write base URLs with a slash at the end and ask
// for /v1//FetchHashes. A redirect would make them send their keys elsewhere, so it is served.
function handler(event) {
  var request = event.request;
  request.uri = request.uri.replace(/\/{2,}/g, '/');
  return request;
}
