// Authentication: the JWT authorizer of the API, for an existing OIDC issuer or for a Cognito user pool created here,
// and the sign-in to the dashboard. The functions decide what a caller can see, from the token's claims.
import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { DashboardConfig } from '../../core/deployment/dashboard-config.ts';
import { dashboardPaths } from '../../core/deployment/dashboard-config.ts';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { type FunctionDefaults, NodeFunction } from './node-function.ts';

/** How users sign in to the dashboard. */
export interface SignIn {
  /** Content of `/config.json`. */
  readonly config: DashboardConfig;
  /** Origins that the page calls during sign-in. */
  readonly connectOrigins: readonly string[];
}

export interface IdentityProps {
  readonly functionDefaults: FunctionDefaults;
  readonly removalPolicy: RemovalPolicy;
  /**
   * Issuer whose tokens are accepted.
   * @default a Cognito user pool is created
   */
  readonly existing?: { readonly issuer: string; readonly audience: readonly string[] } | undefined;
  /**
   * The existing issuer's client for the dashboard.
   * @default no sign-in with that issuer; a user pool has its own client
   */
  readonly client?: DashboardClient | undefined;
  /** Origin of the dashboard, `https://…` without a path. It can be a token that is resolved at deployment. */
  readonly dashboardOrigin: string;
  /** Prefix of the user pool's domain, which must be unique in the region. */
  readonly signInPrefix: string;
  /** JSON: names of the claims in the pool's access tokens. */
  readonly claims: string;
}

/** A public client of an existing issuer. */
export interface DashboardClient {
  readonly clientId: string;
  readonly scope: string;
  readonly parameters: Readonly<Record<string, string>> | undefined;
  /** Other origins of the issuer's endpoints. */
  readonly connectOrigins: readonly string[];
}

/** A working day. After that, users sign in again. */
const refreshTokenValidity = Duration.hours(12);

/** The user attributes that become claims. Only administrators can write them. */
const claimAttributes = ['organization', 'role', 'accounts'];

/** The authorizer and, without an existing issuer, its user pool. */
export class Identity extends Construct {
  readonly authorizer: HttpJwtAuthorizer;
  readonly userPool: cognito.UserPool | undefined;
  readonly userPoolClient: cognito.UserPoolClient | undefined;
  /** How users sign in to the dashboard; `undefined` if they cannot. */
  readonly signIn: SignIn | undefined;

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    if (props.existing !== undefined) {
      const { issuer, audience } = props.existing;
      this.authorizer = new HttpJwtAuthorizer('Issuer', issuer, { jwtAudience: [...audience] });
      this.signIn = props.client && signInWith(issuer, props.client);
      return;
    }
    this.userPool = this.makeUserPool(props);
    this.userPoolClient = this.makeClient(this.userPool, props.dashboardOrigin);
    this.signIn = this.makeSignInPages(this.userPool, this.userPoolClient, props);
    this.authorizer = new HttpJwtAuthorizer('Issuer', this.userPool.userPoolProviderUrl, {
      jwtAudience: [this.userPoolClient.userPoolClientId],
    });
  }

  private makeClient(pool: cognito.UserPool, dashboardOrigin: string): cognito.UserPoolClient {
    return pool.addClient('Dashboard', {
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL, cognito.OAuthScope.PROFILE],
        callbackUrls: [`${dashboardOrigin}${dashboardPaths.callback}`],
        logoutUrls: [`${dashboardOrigin}/`],
      },
      generateSecret: false,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity,
      // Without this list, users could write every attribute, including their organization and role.
      writeAttributes: new cognito.ClientAttributes().withStandardAttributes({ email: true, fullname: true }),
    });
  }

  /** Creates Cognito's managed login for the pool, and returns its settings for the dashboard. */
  private makeSignInPages(
    pool: cognito.UserPool,
    { userPoolClientId: clientId }: cognito.UserPoolClient,
    { signInPrefix, dashboardOrigin }: IdentityProps,
  ): SignIn {
    const domain = pool.addDomain('SignIn', {
      cognitoDomain: { domainPrefix: `${signInPrefix}-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Managed login returns an error if the client has no branding, not even the default one.
    new cognito.CfnManagedLoginBranding(this, 'SignInBranding', {
      userPoolId: pool.userPoolId,
      clientId,
      useCognitoProvidedValues: true,
    });
    const pages = domain.baseUrl();
    return {
      config: {
        issuer: pool.userPoolProviderUrl,
        clientId,
        scope: 'openid email profile',
        logoutUrl: `${pages}/logout?client_id=${clientId}&logout_uri=${dashboardOrigin}/`,
      },
      connectOrigins: [`https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}`, pages],
    };
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
      // The lowest plan in which a trigger can add claims to access tokens.
      featurePlan: cognito.FeaturePlan.ESSENTIALS,
      deletionProtection: props.removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy: props.removalPolicy,
    });
    const addClaims = new NodeFunction(this, 'AddTokenClaims', {
      ...props.functionDefaults,
      entry: 'add-token-claims',
      description: "Adds a user's organization, role, and accounts to the access token",
      memoryMebibytes: 256,
      timeout: Duration.seconds(5),
    });
    addClaims.setEnvironment({ [environmentNames.identityClaims]: props.claims });
    // Version 1 of the trigger changes only the ID token.
    pool.addTrigger(
      cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      addClaims.handler,
      cognito.LambdaVersion.V2_0,
    );
    Validations.of(pool).acknowledge({
      id: 'AwsSolutions-COG8',
      reason:
        'Threat protection is priced per user and month. Every sign-in requires a second factor instead.',
    });
    return pool;
  }
}

function signInWith(issuer: string, client: DashboardClient): SignIn {
  const { clientId, scope, parameters, connectOrigins } = client;
  return {
    config: { issuer, clientId, scope, ...(parameters && { parameters: { ...parameters } }) },
    connectOrigins: [new URL(issuer).origin, ...connectOrigins],
  };
}
