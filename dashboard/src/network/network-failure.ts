// Tells a network that failed from a defect of the page: browsers throw a TypeError for both.

/** What Chrome, Firefox, Safari and Node.js say when a request, or the rest of its answer, does not get through. */
const networkWords = /fetch|network|load failed|input stream|connection|offline|terminated/i;

/** Whether it is what `fetch` fails with, or reading an answer's body. */
export function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError && networkWords.test(error.message);
}
