// Texts that assign a password to a name, in the many ways that people, languages and files do.

type Texts = Readonly<Record<string, (password: string) => string>>;

/** Values of more than one word. */
const structured: Texts = {
  'list in JSON in a text': (p) => `body={"password":["${p}","other"]}`,
  'object in JSON in a text': (p) => `{"credentials":{"key":"${p}"}} refused`,
  'brackets in strings in brackets': (p) => `{"secrets":{"a":"]}","b":"it's","c":["${p}"]}} refused`,
  'escaped list': (p) => `body={\\"tokens\\":[\\"a]\\",\\"${p}\\"]} refused`,
  'YAML block': (p) => `db:\n  password: |\n    ${p}\n  port: 5432`,
  'folded YAML block': (p) => `password: >-\n    first\n\n    ${p}\nport: 5432`,
  'YAML value below': (p) => `password:\n    ${p}\nport: 5432`,
  'YAML list': (p) => `passwords:\n  - first\n  - ${p}\nport: 5432`,
  'YAML list, not indented': (p) => `"passwords": # two\n- first\n- ${p}\nport: 5432`,
  'YAML object': (p) => `- credentials:\n    db: ${p}\n  port: 5432`,
  'several cookies': (p) => `Cookie: sid=a1; csrf=${p}\nHost: example.com`,
  'several cookies in quotes': (p) => `curl -H 'Cookie: sid=a1; csrf=${p}' https://example.com`,
  'AWS signature': (p) =>
    `Authorization: AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=${p}`,
  'digest authorization': (p) => `authorization: Digest username="bob", realm="x", response="${p}"`,
};

const quoted: Texts = {
  'Python bytes': (p) => `{'password': b'${p}'}`,
  'Python text': (p) => `{'password': u'${p}'}`,
  'three quotes': (p) => `password = """${p}"""`,
  'C# verbatim text': (p) => `password = @"${p}";`,
  'JSON three times in a broken text': (p) => `{\\\\\\"password\\\\\\":\\\\\\"${p}\\\\\\", …`,
  'an escaped quote in escaped JSON': (p) => `{\\"password\\":\\"ab\\\\\\"${p}\\", …`,
  'dollar sign and a word': (p) => `password=$s${p}`,
  'angle brackets': (p) => `password=<${p}>`,
  'count and a secret': (p) => `password: 12 of 14@${p}`,
  'words and a secret in quotes': (p) => `the password 'to all ${p}' was used`,
  'quote inside a word': (p) => `login bob password x'${p}`,
  'default of a variable': (p) => `password=\${DB_PASSWORD:-${p}}`,
};

const linked: Texts = {
  'aligned signs': (p) => `host                 = "db"\npassword             = "${p}"`,
  'name of two words': (p) => `API key: ${p}`,
  'name of two words in a sentence': (p) => `use the access key = ${p} for it`,
  'name of two words, no space behind': (p) => `connection string=${p}`,
  'Ruby symbol': (p) => `{ :password => "${p}" }`,
  'part of a path': (p) => `config:password=${p}`,
  'part of a path in quotes': (p) => `{"/prod/db/password": "${p}", …`,
  'instance variable': (p) => `@password=${p}`,
  'member of the result of a call': (p) => `user().password = ${p}`,
  'index in quotes': (p) => `config['password'] = '${p}'`,
  'index of a form': (p) => `user[password]=${p}&user[name]=bob`,
  'bold name': (p) => `**Password**: ${p}`,
  'bold name and sign': (p) => `**Password:** ${p}`,
  'name as code': (p) => `\`password\`: ${p}`,
  'remark behind the name': (p) => `Password (root): ${p}`,
  'type behind the name': (p) => `const password: string = "${p}"`,
  'wide colon': (p) => `Password：${p}`,
  arrow: (p) => `password -> ${p}`,
  'verb and colon': (p) => `the password is: ${p}`,
  'flag, aligned': (p) => `psql --password    ${p}`,
  'name that begins with a digit': (p) => `2fa_secret=${p}`,
  'assignment by default': (p) => `DB_PASSWORD ?= ${p}`,
};

export const assignedTexts: Texts = { ...structured, ...quoted, ...linked };
