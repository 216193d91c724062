import { inject } from 'vitest';
import { describePermissions } from '../e2e/permissions.ts';
import { describeQuerying } from '../e2e/querying.ts';
import { describeRecording } from '../e2e/recording.ts';

const options = { dynamodbEndpoint: inject('dynamodbEndpoint') };

describeRecording('on DynamoDB Local', options);
describeQuerying('on DynamoDB Local', options);
describePermissions('on DynamoDB Local', options);
