// Invented passwords from a seed, by the rules of the services that generate them.
import { alphanumeric, type Seeded } from '../../../attacks/seeded.ts';

/** Printable ASCII without `/`, `"`, `@` and space: the characters that Amazon RDS accepts. */
export const rdsCharacters = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
  .filter((character) => !'/"@'.includes(character))
  .join('');

/** The characters of Terraform's `random_password` with its default signs. */
export const terraformCharacters = `${alphanumeric}!@#$%&*()-_=+[]{}<>:?`;

export type MakePassword = (seeded: Seeded) => string;

const ofAlphabet =
  (alphabet: string): MakePassword =>
  (seeded) =>
    seeded.text(seeded.int(16, 40), alphabet);

export const passwordKinds: Readonly<Record<string, MakePassword>> = {
  'the characters that RDS accepts': ofAlphabet(rdsCharacters),
  "Terraform's random_password": ofAlphabet(terraformCharacters),
};

/** Passwords that people and password generators choose; none is a dictionary word. */
export const inventedPasswords: Readonly<Record<string, MakePassword>> = {
  'letters and digits': (seeded) => seeded.mixed(14),
  'letters, digits and a comma': (seeded) => `${seeded.mixed(6)},${seeded.mixed(8)}`,
  'letters, digits and signs': (seeded) =>
    `${seeded.mixed(7)}${seeded.one([...'!#$%^*~'])}${seeded.mixed(6)}`,
};
