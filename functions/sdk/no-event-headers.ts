// Replaces the SDK's encoder of event stream headers in the bundles. Only signed event streams need it, and the
// functions use none. Saves 2 KB of code.

/** The class that the SDK's signer instantiates. It cannot encode headers. */
export class HeaderFormatter {
  format(): never {
    throw new Error('event streams are not included in this bundle');
  }
}
