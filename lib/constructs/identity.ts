// Who may ask: the JWT authorizer of the API, for an OIDC issuer that exists already or for a Cognito user pool
// made here, and how people sign in to the dashboard. What a caller may see is decided by the functions, from the
// token's claims.
import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { DashboardConfig } from '../../core/deployment/dashboard-config.ts';
import { dashboardPaths } from '../../core/deployment/dashboard-config.ts';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { type FunctionDefaults, NodeFunction } from './node-function.ts';

/** How people sign in to the dashboard. */
export interface SignIn {
  /** What `/config.json` will say. */
  readonly config: DashboardConfig;
  /** Origins that the page asks while somebody signs in. */
  readonly connectOrigins: readonly string[];
}

export interface IdentityProps {
  readonly functionDefaults: FunctionDefaults;
  readonly removalPolicy: RemovalPolicy;
  /**
   * Issuer whose tokens are accepted.
   * @default a Cognito user pool is made
   */
  readonly existing?: { readonly issuer: string; readonly audience: readonly string[] } | undefined;
  /**
   * The existing issuer's client for the dashboard.
   * @default nobody signs in with that issuer; a user pool has its own client
   */
  readonly client?: DashboardClient | undefined;
  /** Where the dashboard will be, `https://…` without a path; may be known at deployment only. */
  readonly dashboardOrigin: string;
  /** Begins the name of the user pool's sign-in pages, which must be unique in the region. */
  readonly signInPrefix: string;
  /** JSON: names of the claims, which the pool's access tokens will carry. */
  readonly claims: string;
}

/** A public client of an existing issuer. */
export interface DashboardClient {
  readonly clientId: string;
  readonly scope: string;
  readonly parameters: Readonly<Record<string, string>> | undefined;
  /** Further origins that the issuer's endpoints have. */
  readonly connectOrigins: readonly string[];
}

/** A working day; then people sign in again. */
const refreshTokenValidity = Duration.hours(12);

/** The attributes of a user from which the claims are made. Only administrators write them. */
const claimAttributes = ['organization', 'role', 'accounts'];

/** Authorizer and, without an existing issuer, the user pool behind it. */
export class Identity extends Construct {
  readonly authorizer: HttpJwtAuthorizer;
  readonly userPool: cognito.UserPool | undefined;
  readonly userPoolClient: cognito.UserPoolClient | undefined;
  /** How people sign in to the dashboard; `undefined` when they cannot. */
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
      // A client without this list may let users write every attribute, their organisation and role included.
      writeAttributes: new cognito.ClientAttributes().withStandardAttributes({ email: true, fullname: true }),
    });
  }

  /** Cognito's managed login for the pool, and what the dashboard must know of it. */
  private makeSignInPages(
    pool: cognito.UserPool,
    { userPoolClientId: clientId }: cognito.UserPoolClient,
    { signInPrefix, dashboardOrigin }: IdentityProps,
  ): SignIn {
    const domain = pool.addDomain('SignIn', {
      cognitoDomain: { domainPrefix: `${signInPrefix}-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Without a branding, even the default one, the newer pages answer with an error.
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

function signInWith(issuer: string, client: DashboardClient): SignIn {
  const { clientId, scope, parameters, connectOrigins } = client;
  return {
    config: { issuer, clientId, scope, ...(parameters && { parameters: { ...parameters } }) },
    connectOrigins: [new URL(issuer).origin, ...connectOrigins],
  };
}
