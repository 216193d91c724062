// Who may ask: the JWT authorizer of the API, for an OIDC issuer that exists already or for a Cognito user pool
// made here. What a caller may see is decided by the functions, from the token's claims.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { environmentNames } from '../core/environment.ts';
import { type FunctionDefaults, NodeFunction } from './node-function.ts';

export interface IdentityProps {
  readonly functionDefaults: FunctionDefaults;
  readonly removalPolicy: RemovalPolicy;
  /**
   * Issuer whose tokens are accepted.
   * @default a Cognito user pool is made
   */
  readonly existing?: { readonly issuer: string; readonly audience: readonly string[] } | undefined;
  /** JSON: names of the claims, which the pool's access tokens will carry. */
  readonly claims: string;
}

/** The attributes of a user from which the claims are made. Only administrators write them. */
const claimAttributes = ['organization', 'role', 'accounts'];

/** Authorizer and, without an existing issuer, the user pool behind it. */
export class Identity extends Construct {
  readonly authorizer: HttpJwtAuthorizer;
  readonly userPool: cognito.UserPool | undefined;
  readonly userPoolClient: cognito.UserPoolClient | undefined;

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    if (props.existing !== undefined) {
      this.authorizer = new HttpJwtAuthorizer('Issuer', props.existing.issuer, {
        jwtAudience: [...props.existing.audience],
      });
      return;
    }
    this.userPool = this.makeUserPool(props);
    this.userPoolClient = this.userPool.addClient('Dashboard', {
      authFlows: { userSrp: true, adminUserPassword: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      // A client without this list may let users write every attribute, their organisation and role included.
      writeAttributes: new cognito.ClientAttributes().withStandardAttributes({ email: true, fullname: true }),
    });
    this.authorizer = new HttpJwtAuthorizer('Issuer', this.userPool.userPoolProviderUrl, {
      jwtAudience: [this.userPoolClient.userPoolClientId],
    });
  }

  private makeUserPool(props: IdentityProps): cognito.UserPool {
    const pool = new cognito.UserPool(this, 'UserPool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      customAttributes: Object.fromEntries(
        claimAttributes.map((name) => [name, new cognito.StringAttribute({ mutable: true })]),
      ),
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      mfa: cognito.Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      // The lowest plan whose access tokens take claims from a trigger.
      featurePlan: cognito.FeaturePlan.ESSENTIALS,
      deletionProtection: props.removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy: props.removalPolicy,
    });
    const addClaims = new NodeFunction(this, 'AddTokenClaims', {
      ...props.functionDefaults,
      entry: 'add-token-claims',
      description: 'Puts organisation, role and accounts of a user into their access token',
      memoryMebibytes: 256,
      timeout: Duration.seconds(5),
    });
    addClaims.setEnvironment({ [environmentNames.identityClaims]: props.claims });
    // Version 2 of the trigger: version 1 changes the ID token only.
    pool.addTrigger(
      cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      addClaims.handler,
      cognito.LambdaVersion.V2_0,
    );
    Validations.of(pool).acknowledge({
      id: 'AwsSolutions-COG8',
      reason: 'Threat protection costs per user and month; every sign-in needs a second factor instead.',
    });
    return pool;
  }
}
