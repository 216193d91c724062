// The access token for requests: renewed shortly before it expires, once for all who wait for it.
import { ErrorResponse, type User, type UserManager } from 'oidc-client-ts';

/** The token has expired and cannot be renewed in silence: somebody has to sign in again. */
export class SessionEnded extends Error {
  constructor(options?: ErrorOptions) {
    super('Your session has ended.', options);
    this.name = 'SessionEnded';
  }
}

/** Seconds before it expires from which on a token is renewed, so that none expires on its way. */
const renewBeforeSeconds = 60;

export class TokenSource {
  readonly #manager: Pick<UserManager, 'getUser' | 'signinSilent'>;
  #renewal: Promise<User | null> | undefined;

  constructor(manager: Pick<UserManager, 'getUser' | 'signinSilent'>) {
    this.#manager = manager;
  }

  /** A token that has not expired. Fails with SessionEnded when there is none, and as `fetch` does without a network. */
  async getToken(): Promise<string> {
    const user = await this.#manager.getUser();
    if (user === null) throw new SessionEnded();
    if ((user.expires_in ?? Number.POSITIVE_INFINITY) > renewBeforeSeconds) return user.access_token;
    const renewed = user.refresh_token === undefined ? null : await this.#renew();
    const token = renewed ?? user;
    if (token.expired) throw new SessionEnded();
    return token.access_token;
  }

  async #renew(): Promise<User | null> {
    this.#renewal ??= this.#manager.signinSilent().finally(() => {
      this.#renewal = undefined;
    });
    try {
      return await this.#renewal;
    } catch (error) {
      // The issuer's refusal; the old token may still be good for a moment.
      if (error instanceof ErrorResponse) return null;
      throw error;
    }
  }
}
