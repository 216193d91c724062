// Takes the place of @aws-sdk/credential-provider-node in the bundles. Lambda hands credentials over in the
// environment, so the search through profiles, single sign-on and instance metadata is left out.

export interface EnvironmentCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * A provider of the credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. It fails, so
 * that every SDK call fails, when one of the first two is not set; it never looks anywhere else.
 */
export function defaultProvider(): () => Promise<EnvironmentCredentials> {
  return async () => {
    const {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    } = process.env;
    if (!accessKeyId || !secretAccessKey) {
      throw new Error('credentials must be in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; they are not set');
    }
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  };
}
