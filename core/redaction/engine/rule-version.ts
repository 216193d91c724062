// The version of the redaction rules, without the rules: the stack needs only the number.

/** The version that the emitter stamps and the recorder stores. Increase it with every change of the rules. */
export const redactionVersion = 10;

/** Every version that a release of this product has stamped. The bus archives events of these versions only. */
export const releasedRedactionVersions: readonly number[] = Array.from(
  { length: redactionVersion },
  (_, index) => index + 1,
);
