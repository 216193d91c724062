// Tests a second stage in the same account and region: the stages share no name that must be unique.
import { describe, expect, it } from 'vitest';
import { everySetting, synthesize } from './synthesize.ts';

/**
 * Names that are unique only within their parent, which differs between stages, or names of resources that are
 * only read.
 */
const scoped = [
  'AWS::ApiGatewayV2::Stage.StageName',
  'AWS::ApiGatewayV2::Authorizer.Name',
  'AWS::CloudWatch::Alarm.MetricName',
  'AWS::IAM::Policy.PolicyName',
];

type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> }>;

const stages = ['blue', 'green'].map(
  (stage) => synthesize({ ...everySetting, stage }).toJSON() as { Resources: Resources; Outputs: object },
);

/**
 * Names that the template sets, as `type.property=value`. Excludes references, whose names CloudFormation
 * generates.
 */
function fixedNames(template: { Resources: Resources }): string[] {
  return Object.values(template.Resources).flatMap(({ Type, Properties = {} }) =>
    Object.entries(Properties)
      .filter(([property]) => /Name$|Id$|^Domain$/.test(property) && !scoped.includes(`${Type}.${property}`))
      .filter(([, value]) => typeof value === 'string' || JSON.stringify(value).includes('Fn::Join'))
      .map(([property, value]) => `${Type}.${property}=${JSON.stringify(value)}`),
  );
}

describe('two stages in one account', () => {
  const [blue, green] = stages.map(fixedNames);

  it('have fixed names only for the bus, the API, sign-in pages, a CloudFront function, alarms, dashboard and queries', () => {
    const types = new Set(blue?.map((name) => name.split('.')[0]));
    expect([...types].sort()).toEqual([
      'AWS::ApiGatewayV2::Api',
      'AWS::CloudFront::Function',
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::Cognito::UserPoolDomain',
      'AWS::Events::EventBus',
      'AWS::Events::EventBusPolicy',
      'AWS::Logs::QueryDefinition',
      'AWS::SNS::Topic',
    ]);
  });

  it('share no fixed name', () => {
    expect(green?.length).toBe(blue?.length);
    expect(blue?.filter((name) => green?.includes(name))).toEqual([]);
  });

  it('count their metrics separately', () => {
    const namespaces = stages.map((template) =>
      JSON.stringify(template).match(/"POWERTOOLS_METRICS_NAMESPACE":"[^"]+"/g),
    );
    expect(new Set(namespaces.flat())).toEqual(
      new Set(['blue', 'green'].map((stage) => `"POWERTOOLS_METRICS_NAMESPACE":"RequestLogs/${stage}"`)),
    );
  });

  it('export no value under a common name', () => {
    const names = stages.map(({ Outputs }) =>
      Object.values(Outputs as Record<string, { Export?: { Name: unknown } }>).flatMap(({ Export }) =>
        Export === undefined ? [] : [JSON.stringify(Export.Name)],
      ),
    );
    expect(names[0]?.filter((name) => names[1]?.includes(name))).toEqual([]);
  });
});
