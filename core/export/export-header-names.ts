// Names the response headers of an export, for the functions that set them and the CORS settings that expose them.

/**
 * Response headers with the cursor, the progress and the file name. A web page can read them only if CORS exposes them.
 */
export const exportHeaderNames = {
  nextCursor: 'x-next-cursor',
  complete: 'x-complete',
  searchedThrough: 'x-searched-through',
  count: 'x-entry-count',
  resumeCursor: 'x-resume-cursor',
  removed: 'x-removed-count',
  notSearched: 'x-not-searched-count',
  link: 'link',
  disposition: 'content-disposition',
} as const;
