// Unquoted passwords: what is hidden ends at white space, not at a sign that a password can contain.
import { describe, expect, it } from 'vitest';
import { redactValue } from '../../../../core/redaction/engine/redact.ts';
import { runSeed, Seeded } from '../../../attacks/seeded.ts';
import { passwordKinds } from '../generators/passwords.ts';
import { survivingPart } from '../generators/survivors.ts';

const contexts: Readonly<Record<string, (password: string) => string>> = {
  'environment assignment': (password) => `DB_PASSWORD=${password}`,
  sentence: (password) => `new password: ${password}`,
  'command-line flag': (password) => `--password ${password}`,
  'connection URL': (password) => `postgres://u:${password}@h`,
};

const perContext = 1000;

describe.each(Object.entries(passwordKinds))('an unquoted password of %s', (_kind, makePassword) => {
  it.each(Object.entries(contexts))('leaves no 8 characters in a row: %s', (_context, wrap) => {
    const leaks: string[] = [];
    for (let number = 0; number < perContext; number++) {
      const password = makePassword(new Seeded(runSeed + number));
      const note = wrap(password);
      const redacted = redactValue({ note });
      if (survivingPart(password, redacted) !== undefined) leaks.push(note);
      expect(redactValue(redacted)).toEqual(redacted);
    }
    expect(leaks).toEqual([]);
  });
});

describe('an unquoted password that begins like another value', () => {
  it.each([
    ['a state', 'no)-Ljs2Pd8N_CtLMl@vvwn{dIe@'],
    ['a state in other letters', 'nO]0=#gMK!x(C[Baq$Slt2<4V2J~B9S'],
    ['a list of bytes in parentheses', 'C(e,h8UvhE;ZyPM}'],
    ['a list of bytes in braces', 'SCB{7E,!?r},[6^7cQm*AqIz8{5p6Ns]U7~v|('],
    ['a quoted value before a line end', "'s`s}W[O'\\r[D3PX5bpG9]Vb6:8i*"],
    ['a quoted value before a pipe', "'{E8oLNej^Rb3}'|!hBIM2tgq*oLB"],
    ['a quoted value before a brace', "'K'\\{t=i=irn{:bHf9Mspxo1}Ka5JA7d"],
    ['a bracketed value before a pipe', '[d+K93U2|)n\\fgaJGCA+tB}|QtkjGvZ'],
    ['a quoted value before the end of a tag', "`\\)&DFJ'GOX>h%Uw496`>Ww6-{z[Qzd-zA'++"],
  ])('is hidden completely: %s', (_beginning, password) => {
    for (const wrap of Object.values(contexts)) {
      expect(survivingPart(password, redactValue({ note: wrap(password) }))).toBeUndefined();
    }
  });
});

describe('what is behind an unquoted password', () => {
  const password = 'Rk3,v&9m;Q)z71}bW';

  it.each([
    [`PGPASSWORD=${password} psql -h db`, 'PGPASSWORD=[REDACTED:1] psql -h db'],
    [`sh -c "DB_PASSWORD=${password} exec app"`, 'sh -c "DB_PASSWORD=[REDACTED:1] exec app"'],
    [`run --password ${password} --host db`, 'run --password [REDACTED:1] --host db'],
    [`see 'new password: ${password}' there`, "see 'new password: [REDACTED:1]' there"],
    [`connected (user=app password=${password})`, 'connected (user=app password=[REDACTED:1])'],
    [`postgres://u:a@b:${password}@db:5432/x`, 'postgres://u:[REDACTED:1]@db:5432/x'],
    ['Server=db;Password=Rk3vT9mQz71bW;Encrypt=true', 'Server=db;Password=[REDACTED:1];Encrypt=true'],
    [`psql "host=db password=${password} dbname=x"`, 'psql "host=db password=[REDACTED:1] dbname=x"'],
  ])('stays readable: %s', (note, redacted) => {
    expect(redactValue({ note })).toEqual({ note: redacted });
  });
});
