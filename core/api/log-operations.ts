// The operations of the sealed log in the OpenAPI document.
import type { JsonObject } from '../values/json.ts';
import type { DocumentParts } from './document-parts.ts';
import { commonErrors, entryIdParameter, jsonResponse, noStoreHeaders } from './json-response.ts';
import { toErrorResponses } from './responses.ts';

const origin = 'request-logs.mayaops/123456789012/eu-west-1/prod/acme';

const exampleCheckpoint = `${origin}
48113
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— ${origin} Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;

const exampleHash = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';

const limitedCallers =
  'Not available to callers who are limited to AWS accounts, because the size of the log reveals the number of entries.';

/** Returns the paths of the sealed log. */
export function logOperations(examples: DocumentParts['examples']): JsonObject {
  return {
    '/request-logs/{id}/proof': { get: getProof(examples) },
    '/request-logs/log/checkpoint': { get: getCheckpoint() },
    '/request-logs/log/consistency': { get: getConsistency() },
    '/request-logs/log/leaves': { get: getLeaves() },
    '/request-logs/log/key': { get: getLogKey() },
    '/request-logs/log/witnesses': { get: getWitnesses() },
  };
}

function textResponse(description: string, example: string): JsonObject {
  return {
    description,
    headers: noStoreHeaders,
    content: { 'text/plain': { schema: { type: 'string' }, example } },
  };
}

function getProof(examples: DocumentParts['examples']): JsonObject {
  const json = jsonResponse('The proof.', 'Proof', {
    committed: '{"entry":{…},"kind":"entry","version":1}',
    nonce: 'AAECAwQFBgcICQoLDA0ODw==',
    leaf: 'AQEAAAAACsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
    index: 48112,
    treeSize: 48113,
    hashes: [exampleHash],
    checkpoint: exampleCheckpoint,
    sealedAt: '2026-11-05T16:41:21.000Z',
  });
  const proofText = `c2sp.org/tlog-proof@v1\nextra e30=\nindex 48112\n${exampleHash}\n\n${exampleCheckpoint}`;
  return {
    operationId: 'getProof',
    tags: ['Sealed log'],
    summary: 'Get the proof of an entry',
    description:
      'Returns the proof that an entry is in the sealed log of the organization and was not changed since. With ' +
      '`Accept: text/plain`, returns it as a tlog-proof (https://c2sp.org/tlog-proof), whose extra data is JSON with ' +
      `\`nonce\` and \`committed\`. ${limitedCallers}`,
    parameters: [entryIdParameter(examples)],
    responses: {
      200: {
        ...json,
        content: {
          ...(json.content as JsonObject),
          'text/plain': { schema: { type: 'string' }, example: proofText },
        },
      },
      ...toErrorResponses([...commonErrors, 404]),
    },
  };
}

function getCheckpoint(): JsonObject {
  return {
    operationId: 'getCheckpoint',
    tags: ['Sealed log'],
    summary: 'Get the checkpoint of the log',
    description:
      'Returns the current signed checkpoint (https://c2sp.org/tlog-checkpoint): the origin, size, and root of the ' +
      'sealed log. If witnesses are configured, it has the cosignatures that they gave so far ' +
      `(https://c2sp.org/tlog-cosignature). ${limitedCallers}`,
    responses: {
      200: textResponse('The checkpoint.', exampleCheckpoint),
      ...toErrorResponses([...commonErrors, 404]),
    },
  };
}

function getConsistency(): JsonObject {
  const size = (name: 'from' | 'to', description: string, isRequired: boolean): JsonObject => ({
    name,
    in: 'query',
    required: isRequired,
    description,
    schema: { type: 'integer', minimum: 1 },
    example: name === 'from' ? 20_000 : 48_113,
  });
  return {
    operationId: 'getConsistency',
    tags: ['Sealed log'],
    summary: 'Get a consistency proof of the log',
    description:
      'Returns the proof that a later log starts with all leaves of an earlier one (RFC 6962). To detect a rewritten ' +
      `history, keep a checkpoint and request this proof later. ${limitedCallers}`,
    parameters: [
      size('from', 'Size of the earlier log.', true),
      size('to', 'Size of the later log. If omitted, the size of the current checkpoint.', false),
    ],
    responses: {
      200: jsonResponse('The proof.', 'ConsistencyProof', {
        from: 20_000,
        to: 48_113,
        hashes: [exampleHash],
      }),
      ...toErrorResponses([...commonErrors, 404]),
    },
  };
}

function getLeaves(): JsonObject {
  return {
    operationId: 'getLeaves',
    tags: ['Sealed log'],
    summary: 'Get leaves of the log',
    description:
      'Returns the leaves of the sealed log in order, up to 1,024 at a time. With all of them, anyone can compute the root ' +
      'that the checkpoint states, and compare each leaf with its entry: an export with `order=recorded` and ' +
      `\`columns=full\` contains the data of each leaf. ${limitedCallers}`,
    parameters: [
      {
        name: 'from',
        in: 'query',
        description: 'Index of the first leaf. If omitted, 0.',
        schema: { type: 'integer', minimum: 0, default: 0 },
        example: 48_112,
      },
    ],
    responses: {
      200: jsonResponse('The leaves.', 'Leaves', {
        from: 48_112,
        leaves: ['AQEAAAAACsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='],
        treeSize: 48_113,
      }),
      ...toErrorResponses([...commonErrors, 404]),
    },
  };
}

function getLogKey(): JsonObject {
  return {
    operationId: 'getLogKey',
    tags: ['Sealed log'],
    summary: 'Get the key of the log',
    description:
      'Returns the public key that signs checkpoints, as a verifier key (https://c2sp.org/signed-note). Pin it on first ' +
      `use, or get it through another channel. ${limitedCallers}`,
    responses: {
      200: textResponse(
        'The verifier key.',
        `${origin}+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n`,
      ),
      ...toErrorResponses(commonErrors),
    },
  };
}

function getWitnesses(): JsonObject {
  const witness = 'witness.example.com';
  const cosignature =
    'UtCIhQAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==';
  return {
    operationId: 'getWitnesses',
    tags: ['Sealed log'],
    summary: 'List the witnesses of the log',
    description:
      'Returns the configured witnesses, each with the latest checkpoint that it cosigned. A witness cosigns only a log ' +
      'that continues what it cosigned before, so a history that was rewritten since then gets no cosignature. ' +
      `Cosignatures are received after a checkpoint is published, usually within two minutes. ${limitedCallers}`,
    responses: {
      200: jsonResponse('The witnesses.', 'Witnesses', {
        witnesses: [
          {
            key: `${witness}+52d08885+BJGTB8EkWiTYiA6HvQ2J/813K7Tx3qJTCOTllxIWQgfX`,
            checkpoint: `${exampleCheckpoint}— ${witness} ${cosignature}\n`,
          },
        ],
      }),
      ...toErrorResponses(commonErrors),
    },
  };
}
