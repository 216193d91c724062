// Finds the field that identifies the elements of a list, so that elements can be matched even if their order changes.
import { canonicalJson } from '../values/canonical-json.ts';
import { isJsonObject, type JsonValue } from '../values/json.ts';

/** Fields that identify a list element, in order of preference: general ones, then those of AWS API shapes. */
const identifyingFields = [
  'id',
  'arn',
  'name',
  'key',
  'type',
  'vpcSecurityGroupId',
  'securityGroupRuleId',
  'securityGroupId',
  'groupId',
  'subnetId',
  'subnetIdentifier',
  'targetGroupArn',
  'loadBalancerArn',
  'loadBalancerName',
  'listenerArn',
  'ruleArn',
  'taskDefinitionArn',
  'containerInstanceArn',
  'capacityProvider',
  'containerName',
  'parameterName',
  'dbParameterGroupName',
  'cacheParameterGroupName',
  'dbSecurityGroupName',
  'optionGroupName',
  'optionName',
  'dbInstanceIdentifier',
  'dbClusterIdentifier',
  'dbiResourceId',
  'cacheClusterId',
  'replicationGroupId',
  'cacheNodeId',
  'nodeGroupId',
  'globalReplicationGroupId',
  'userGroupId',
  'userId',
  'logType',
  'roleArn',
  'featureName',
  'availabilityZone',
  'containerPath',
  'sourceVolume',
  'sid',
  'ruleName',
  'policyName',
  'policyArn',
];

const preference = new Map(identifyingFields.map((field, index) => [field.toLowerCase(), index]));

/** Fields that identify the elements of specific lists better than the general ones, by list name. */
const fieldsOfLists: Readonly<Record<string, string>> = {
  // During a rollout, readers look for the task definition. A deployment ID means nothing to them.
  deployments: 'taskDefinition',
};

/**
 * Returns the field in which every element of both lists is an object with a string that is unique in its list.
 * `listName` is the name of the field that contains the list. `undefined` if there is no such field.
 */
export function findIdentifyingField(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  listName = '',
): string | undefined {
  const [first] = before.length > 0 ? before : after;
  if (!isJsonObject(first)) return undefined;
  const special = fieldsOfLists[listName];
  const general = Object.keys(first)
    .filter((field) => preference.has(field.toLowerCase()))
    .sort((one, other) => rankOf(one) - rankOf(other));
  const candidates = special === undefined ? general : [special, ...general];
  return candidates.find((field) => identifies(field, before) && identifies(field, after));
}

function rankOf(field: string): number {
  return preference.get(field.toLowerCase()) ?? identifyingFields.length;
}

/** Whether every element is an object with a unique string in this field. */
function identifies(field: string, elements: readonly JsonValue[]): boolean {
  const values = new Set<JsonValue>();
  for (const element of elements) {
    const value = isJsonObject(element) && Object.hasOwn(element, field) ? element[field] : undefined;
    if (typeof value !== 'string' || values.has(value)) return false;
    values.add(value);
  }
  return true;
}

/**
 * Returns a string that is equal for equal elements: the identifying field if there is one, otherwise the entire value.
 */
export function labelOf(element: JsonValue, field?: string): string {
  if (field !== undefined && isJsonObject(element)) return String(element[field]);
  return typeof element === 'object' ? canonicalJson(element) : JSON.stringify(element);
}
