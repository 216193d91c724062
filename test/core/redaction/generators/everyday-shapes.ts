// How people, languages and files write a secret that no plain `name=value` shows. `s` is the invented secret.

type Shapes = Readonly<Record<string, (s: string) => string>>;

const sentences: Shapes = {
  'new password': (s) => `new password: ${s}`,
  'password for a user': (s) => `password for app_rw: ${s}`,
  'user and password': (s) => `user app_rw password ${s}`,
  pw: (s) => `pw ${s}`,
  'behind a hyphen': (s) => `password - ${s}`,
  'behind a dash': (s) => `password – ${s}`,
  rotated: (s) => `the password was rotated, now ${s}`,
  'rotated, without a name': (s) => `was rotated, now ${s}`,
  'user and password with a slash': (s) => `user/pass: admin/${s}`,
  'address, user and password': (s) => `10.0.3.17 (ops/${s})`,
  'host, user and password': (s) => `db-1.internal (ops/${s})`,
  'user and password as pairs': (s) => `user:app/password:${s}`,
  'id and password as pairs': (s) => `ID:app/PW:${s}`,
  'address and password': (s) => `10.0.3.17/pw:${s}`,
  'heading for user and password': (s) => `ID/PW: app/${s}`,
  'heading without a sign': (s) => `user/pw app/${s}`,
  'heading, address, user, and password': (s) => `IP/ID/PW 10.0.3.17/app/${s}`,
  'abbreviated with a slash': (s) => `P/W: ${s}`,
  'behind a name, without a space': (s) => `password for app_rw:${s}`,
  'quoted behind a hyphen': (s) => `deploy token - '${s}'`,
};

const languages: Shapes = {
  German: (s) => `Passwort: ${s}`,
  'German, in a sentence': (s) => `das Kennwort lautet ${s}`,
  Spanish: (s) => `contraseña: ${s}`,
  'Spanish, in a sentence': (s) => `la nueva contraseña es ${s}`,
  'Spanish, a key': (s) => `clave: ${s}`,
  French: (s) => `mot de passe : ${s}`,
  'French, in a sentence': (s) => `le mot de passe est ${s}`,
  Portuguese: (s) => `senha: ${s}`,
  'Portuguese, in a sentence': (s) => `a nova senha é ${s}`,
  Russian: (s) => `пароль: ${s}`,
  'Russian, capital letter': (s) => `Пароль ${s}`,
  Japanese: (s) => `パスワードは ${s}`,
  'Japanese with a wide colon': (s) => `パスワード：${s}`,
  Korean: (s) => `비밀번호: ${s}`,
  'Korean, in a sentence': (s) => `암호는 ${s}`,
  'Korean, short': (s) => `비번: ${s}`,
  'Korean with an English word': (s) => `password설정은 ${s}`,
};

const names: Shapes = {
  PSWD: (s) => `PSWD=${s}`,
  paswd: (s) => `paswd=${s}`,
  psw: (s) => `psw: ${s}`,
  psswrd: (s) => `PSSWRD: ${s}`,
  paasword: (s) => `paasword=${s}`,
  'any key in capitals': (s) => `X_KEY=${s}`,
  'routing key': (s) => `routing_key: ${s}`,
  'key of a URL': (s) => `https://example.com/v1/send?key=${s}`,
};

const code: Shapes = {
  'SQL identified by': (s) => `ALTER USER app IDENTIFIED BY ${s};`,
  'SQL login password': (s) => `CREATE ROLE app LOGIN PASSWORD ${s};`,
  'SQL login password alone': (s) => `LOGIN PASSWORD ${s};`,
  'Java property': (s) => `System.setProperty("db.password","${s}")`,
  'Java property with spaces': (s) => `props.put("db.password", "${s}");`,
  'Kotlin or Scala value': (s) => `val password: String = "${s}"`,
  'Rust value': (s) => `let password: &str = "${s}";`,
  'comparison, secret first': (s) => `if ("${s}" == password) {`,
  'comparison in Java': (s) => `"${s}".equals(password)`,
  'comparison, name first': (s) => `if (password !== "${s}") {`,
  'argument behind a constant': (s) => `setopt(handle, CURLOPT_PASSWORD, "${s}");`,
  'default of an environment variable': (s) => `os.getenv("DB_PASSWORD", "${s}")`,
  'default of a variable with another name': (s) => `password = getenv("DB_LOGIN", "${s}")`,
  'default behind a call': (s) => `PASSWORD = os.environ.get("PASSWORD") or "${s}"`,
  'default behind a call with arguments': (s) => `let password = env.get("PASSWORD", "") || '${s}';`,
  'C array': (s) => `const char password[64] = "${s}";`,
  'C definition': (s) => `#define DB_PASSWORD "${s}"`,
  'function of MySQL': (s) => `INSERT INTO user VALUES (PASSWORD('${s}'))`,
  'curl on two lines': (s) => `curl \\\n  -u ops:${s} \\\n  https://example.com`,
  'Hadoop property': (s) => `<property><name>x.password</name><value>${s}</value></property>`,
  'Hadoop property on lines': (s) =>
    `<property>\n  <name>x.password</name>\n  <value>${s}</value>\n</property>`,
  'JSON web key in a text': (s) => `key {"kty":"oct","k":"${s}"} was replaced`,
};

/** Shapes for a password of any kind. */
export const everydayShapes: Shapes = { ...sentences, ...languages, ...names, ...code };

/** Shapes for a secret of several words. */
export const phraseShapes: Shapes = {
  'is now': (s) => `Password is now "${s}"`,
  'is now, in a sentence': (s) => `the password of prod is now '${s}', ask Ben`,
};
