// Reads the attributes of an SQS message.
import type { SQSMessageAttributes } from 'aws-lambda';

/** Returns the attributes that have a text. An event source can leave out the attributes. */
export function textsOf(attributes: SQSMessageAttributes | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes ?? {}).flatMap(([name, { stringValue }]) =>
      stringValue === undefined ? [] : [[name, stringValue]],
    ),
  );
}
