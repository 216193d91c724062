// A second stage in the same account and region: no name that must be unique may be in both.
import { describe, expect, it } from 'vitest';
import { everySetting, synthesize } from './synthesize.ts';

/** Names within their own parent, which differs between stages, or of something that is only read. */
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

/** Names that the template fixes, as `type.property=value`. A reference is none: CloudFormation makes those up. */
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

  it('fix names: of the bus, the API, sign-in pages, a CloudFront function, alarms, dashboard and queries', () => {
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

  it('share none of them', () => {
    expect(green?.length).toBe(blue?.length);
    expect(blue?.filter((name) => green?.includes(name))).toEqual([]);
  });

  it('count their metrics apart', () => {
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
