// The version of the redaction rules, apart from the rules themselves: the stack needs the number and none of the code.

/** The version that the emitter stamps and the recorder keeps. Increase it with every change of the rules. */
export const redactionVersion = 7;

/** Every version that a release of this product has stamped. The bus archives events of these versions only. */
export const releasedRedactionVersions: readonly number[] = Array.from(
  { length: redactionVersion },
  (_, index) => index + 1,
);
