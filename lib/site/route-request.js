// A CloudFront function (runtime 2.0) for requests of the dashboard's files: every path that is a place within the
// page, such as /entries/<id> or /callback, is answered with the page. Files and query strings stay as they are.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name
function handler(event) {
  const request = event.request;
  const name = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (request.uri.startsWith('/entries/') || !name.includes('.')) request.uri = '/index.html';
  return request;
}
