// Distinguishes network failures from bugs in the page. Browsers throw a TypeError for both.

/** Matches the messages of Chrome, Firefox, Safari and Node.js for a failed request or an interrupted response. */
const networkMessage = /fetch|network|load failed|input stream|connection|offline|terminated/i;

/** Whether `fetch`, or reading a response body, failed because of the network. */
export function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError && networkMessage.test(error.message);
}
