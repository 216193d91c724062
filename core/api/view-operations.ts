// The operations of saved views in the OpenAPI document.
import type { JsonObject } from '../values/json.ts';
import { commonErrors, jsonResponse, noStoreHeaders } from './json-response.ts';
import { toErrorResponses, toReference } from './responses.ts';

const example = {
  id: 'p00',
  name: 'Denied in prod',
  search: 'verdict=DENIED&environment=prod&last=7d',
  shared: false,
  ownerId: 'u-2077',
  updatedAt: '2026-11-05T16:40:51.000Z',
  version: '6f0c1f5e-8a0e-4d0b-9a3e-1f2a7c9d4b21',
  canChange: true,
};

const { name, search, shared, version } = example;

const limitedCallers = 'Callers who are limited to AWS accounts have private views only.';

/** Returns the paths of saved views. */
export function viewOperations(): JsonObject {
  return {
    '/request-logs/views': { get: listViews(), post: createView() },
    '/request-logs/views/{viewId}': { put: changeView(), delete: deleteView() },
  };
}

function listViews(): JsonObject {
  return {
    operationId: 'listViews',
    tags: ['Saved views'],
    summary: 'List saved views',
    description: `Returns all private views of the caller and all views that the organization shares, sorted by name. ${limitedCallers}`,
    responses: {
      200: jsonResponse('The views.', 'ViewList', { views: [example], canShare: false }),
      ...toErrorResponses(commonErrors),
    },
  };
}

function createView(): JsonObject {
  return {
    operationId: 'createView',
    tags: ['Saved views'],
    summary: 'Save a view',
    description:
      'Saves a search under a name. A user can have 50 private views, and an organization 200 shared views. Sharing requires the permission ' +
      `\`request-logs:share\`. ${limitedCallers} If you do not receive a response, list the views before you try again.`,
    requestBody: bodyOf('NewView', { name, search, shared }),
    responses: {
      201: jsonResponse('The new view.', 'SavedView', example),
      ...toErrorResponses([...commonErrors, 409]),
    },
  };
}

function changeView(): JsonObject {
  return {
    operationId: 'changeView',
    tags: ['Saved views'],
    summary: 'Change a view',
    description:
      'Replaces the name, search, and columns of a view. Changing a shared view requires the permission ' +
      '`request-logs:share`.',
    parameters: [viewIdParameter],
    requestBody: bodyOf('ViewChange', { name, search, version }),
    responses: {
      200: jsonResponse('The changed view.', 'SavedView', example),
      ...toErrorResponses([...commonErrors, 404, 409]),
    },
  };
}

function deleteView(): JsonObject {
  return {
    operationId: 'deleteView',
    tags: ['Saved views'],
    summary: 'Delete a view',
    description: 'Deletes a view. Deleting a shared view requires the permission `request-logs:share`.',
    parameters: [
      viewIdParameter,
      {
        name: 'version',
        in: 'query',
        required: true,
        description: 'The version that was read. If the view was changed since, it is not deleted.',
        schema: { type: 'string' },
        example: version,
      },
    ],
    responses: {
      204: { description: 'The view is deleted.', headers: noStoreHeaders },
      ...toErrorResponses([...commonErrors, 404, 409]),
    },
  };
}

const viewIdParameter: JsonObject = {
  name: 'viewId',
  in: 'path',
  required: true,
  description: 'The ID of the view.',
  schema: { type: 'string' },
  example: example.id,
};

function bodyOf(schema: string, body: JsonObject): JsonObject {
  return {
    required: true,
    content: { 'application/json': { schema: toReference('schemas', schema), example: body } },
  };
}
