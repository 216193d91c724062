// Supplies the access token for requests. Renews it shortly before it expires, with one renewal for concurrent callers.
import { ErrorResponse, type User, type UserManager } from 'oidc-client-ts';

/** The token has expired and cannot be renewed without the user, who must sign in again. */
export class SessionEnded extends Error {
  constructor(options?: ErrorOptions) {
    super('Your session has ended.', options);
    this.name = 'SessionEnded';
  }
}

/** Seconds before its expiry at which a token is renewed, so that it does not expire during a request. */
const renewBeforeSeconds = 60;

export class TokenSource {
  readonly #manager: Pick<UserManager, 'getUser' | 'signinSilent'>;
  #renewal: Promise<User | null> | undefined;

  constructor(manager: Pick<UserManager, 'getUser' | 'signinSilent'>) {
    this.#manager = manager;
  }

  /** Returns a valid token. Rejects with SessionEnded if there is none, and with the error of `fetch` without a network. */
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
      // The issuer rejected the renewal. The old token can still be valid for a moment.
      if (error instanceof ErrorResponse) return null;
      throw error;
    }
  }
}
