// The names of the response headers of an export, for the functions that set them and the API that exposes them to browsers.

/** Headers of an export's answer that tell how to go on; a browser's page reads them when CORS exposes them. */
export const exportHeaderNames = {
  nextCursor: 'x-next-cursor',
  complete: 'x-complete',
  searchedThrough: 'x-searched-through',
  count: 'x-entry-count',
  link: 'link',
  disposition: 'content-disposition',
} as const;
