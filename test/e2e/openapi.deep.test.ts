import { describeOpenApi } from './openapi.ts';

describeOpenApi();
