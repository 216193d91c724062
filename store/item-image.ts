// Converts items from the JSON of DynamoDB's API.
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { ItemImage } from '../core/log/ports.ts';

type AttributeMap = Parameters<typeof unmarshall>[0];

/** Returns the item. A number that a double cannot hold becomes its text, so that no item stops a reader. */
export function toItemImage(attributes: object): ItemImage {
  return unmarshall(attributes as AttributeMap, {
    wrapNumbers: (text: string) => (String(Number(text)) === text ? Number(text) : text) as never,
  });
}
