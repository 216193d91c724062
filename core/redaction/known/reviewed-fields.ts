// Lists how redaction treats the fields of AWS resources that contain secrets: those that AWS's API models mark as
// sensitive, each reviewed, and those that the models do not mark.

/** How redaction treats a field. Names are compared without case and separators. */
export type Treatment =
  /** The value is a secret wherever an object has a field with this name. */
  | { readonly hide: 'by name' }
  /** The value is a secret inside an object or list with one of these names. */
  | { readonly hide: 'inside'; readonly names: readonly string[] }
  /** The value is a secret if the object also has one of these fields. */
  | { readonly hide: 'beside'; readonly names: readonly string[] }
  /** The field is a set of environment variables, and the rules hide every value in it. */
  | { readonly hide: 'variables' }
  /** The value is not a secret of a resource, or it names the place where one is kept. */
  | { readonly show: string };

type Fields = Readonly<Record<string, readonly Treatment[]>>;

const byName: Treatment = { hide: 'by name' };
const variables: Treatment = { hide: 'variables' };

/** The review of the fields that AWS marks as sensitive. A test fails if one in the generated list is missing here. */
export const reviewedAwsFields: Readonly<Record<string, Fields>> = {
  appconfig: {
    Content: [
      { hide: 'beside', names: ['contentType'] },
      { hide: 'inside', names: ['validators'] },
    ],
    DynamicExtensionParameters: [byName],
  },
  codebuild: {
    command: [{ show: 'a command that a person runs in a sandbox; the rules search it for secrets' }],
    idempotencyToken: [{ show: 'identifies a request and grants nothing' }],
    nextToken: [{ show: 'a position in a list' }],
    standardErrContent: [byName],
    standardOutputContent: [byName],
    token: [{ hide: 'beside', names: ['authType', 'serverType'] }],
  },
  ecs: {
    environment: [variables],
    repositoryCredentials: [{ show: 'contains the ARN of the secret, and not the secret' }],
    tokenValue: [byName],
  },
  elasticache: {},
  rds: {
    InitQuery: [byName],
    LogFileData: [byName],
    MasterUserPassword: [byName],
    PreSignedUrl: [byName],
    TdeCredentialPassword: [byName],
    Value: [{ hide: 'inside', names: ['optionSettings'] }],
  },
};

/** Fields that contain secrets although AWS's models do not mark them, and names that MayaOps services give them. */
export const addedFields: Readonly<Record<string, Fields>> = {
  codebuild: {
    environmentVariables: [variables],
    environmentVariablesOverride: [variables],
    secret: [{ hide: 'inside', names: ['webhook'] }],
  },
  elasticache: {
    AuthToken: [byName],
    Passwords: [{ hide: 'inside', names: ['authenticationMode'] }],
    RedisAuthToken: [byName],
    CacheAuthToken: [byName],
  },
  rds: {
    MasterPassword: [byName],
    MasterUserPass: [byName],
  },
};

/**
 * Fields whose value says where a secret is kept if the object has the other field with one of these values. The other
 * field is a constant of the API, so it stays readable, with the `otherConstants` too. Field names are normalized.
 */
export const referenceFields: readonly {
  readonly field: string;
  readonly beside: string;
  readonly values: readonly string[];
  readonly otherConstants: readonly string[];
}[] = [
  // CodeBuild: EnvironmentVariable and RegistryCredential.
  {
    field: 'value',
    beside: 'type',
    values: ['PARAMETER_STORE', 'SECRETS_MANAGER'],
    otherConstants: ['PLAINTEXT'],
  },
  { field: 'credential', beside: 'credentialprovider', values: ['SECRETS_MANAGER'], otherConstants: [] },
];

/**
 * Fields of other services that have the name of a known field and contain no secret: those beside a field with such a
 * value. Field names are normalized.
 */
export const otherFields: readonly {
  readonly field: string;
  readonly beside: string;
  readonly value: RegExp;
}[] = [
  // Amazon Lex: Message. AppConfig's content types have a slash.
  { field: 'content', beside: 'contenttype', value: /^(?:PlainText|SSML|CustomPayload)$/ },
  // Elastic Beanstalk: ConfigurationOptionSetting. The values in this one namespace are environment variables.
  {
    field: 'value',
    beside: 'namespace',
    value: /^aws:(?!elasticbeanstalk:application:environment$)[a-z0-9:-]{1,128}$/,
  },
];
