// Secrets in texts that reveal them: keys in PEM frames, connection strings, files, commands and sentences.
import {
  alphanumeric,
  base64Signs,
  base64UrlSigns,
  digits,
  hex,
  lower,
  type Seeded,
  upper,
} from '../seeded.ts';
import { around, type MakeSecret, type Secret } from './secret.ts';
import { claims } from './tokens.ts';

const jwtHead = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url');

/** A block of base64 lines between a header and a footer. The body is the hidden part. */
function block(s: Seeded, kind: string, head = 'MIIEvQIBADANBgkqhkiG9w0BAQEF', lines = 6): Secret {
  const body = [head + s.text(64 - head.length, base64Signs), ...rows(s, lines)];
  return {
    text: `-----BEGIN ${kind}-----\n${body.join('\n')}\n-----END ${kind}-----`,
    hidden: body.join('\n'),
  };
}

function rows(s: Seeded, count: number): string[] {
  return Array.from({ length: count }, () => s.text(64, base64Signs));
}

/** Letters, digits and one symbol. */
export const password = (s: Seeded) => `${s.mixed(8)}${s.one([...'!#$%^*~'])}${s.mixed(6)}`;
/** A password that needs no escaping in a URL. */
const plainPassword = (s: Seeded) => s.mixed(16);

/** User and password in basic authentication format. */
const basic = (s: Seeded) => Buffer.from(`admin:${plainPassword(s)}`).toString('base64');

export const texts: Readonly<Record<string, MakeSecret>> = {
  JWT: (s) => `${jwtHead}.${claims(s)}.${s.text(86, base64UrlSigns)}`,
  'JWT after a word': (s) => around('session-', `${jwtHead}.${claims(s)}.${s.text(43, base64UrlSigns)}`, ''),
  JWE: (s) =>
    `${Buffer.from('{"alg":"RSA-OAEP","enc":"A256GCM"}').toString('base64url')}.${s.text(86, base64UrlSigns)}.${s.text(16, base64UrlSigns)}.${s.text(60, base64UrlSigns)}.${s.text(22, base64UrlSigns)}`,
  'Fernet token': (s) => `gAAAAAB${s.mixed(93, base64UrlSigns)}==`,
  'RSA private key': (s) => block(s, 'RSA PRIVATE KEY', 'MIIEpAIBAAKCAQEA'),
  'PKCS#8 private key': (s) => block(s, 'PRIVATE KEY'),
  'encrypted private key': (s) => block(s, 'ENCRYPTED PRIVATE KEY', 'MIIFHDBOBgkqhkiG9w0BBQ0w'),
  'EC private key': (s) => block(s, 'EC PRIVATE KEY', 'MHcCAQEEI', 2),
  'OpenSSH private key': (s) => block(s, 'OPENSSH PRIVATE KEY', 'b3BlbnNzaC1rZXktdjEAAAAA'),
  'PGP private key': (s) => block(s, 'PGP PRIVATE KEY BLOCK', 'lQdGBF'),
  'private key on one line': (s) => {
    const { text, hidden } = block(s, 'RSA PRIVATE KEY', 'MIIEpAIBAAKCAQEA', 3);
    return { text: text.replaceAll('\n', '\\n'), hidden: hidden.replaceAll('\n', '\\n') };
  },
  'private key without its frame': (s) => `MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${s.mixed(400, base64Signs)}`,
  'PuTTY key': (s) =>
    around('PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nPrivate-Lines: 2\n', rows(s, 2).join('\n'), ''),
  'bcrypt hash': (s) => `$2b$12$${s.text(53, `${alphanumeric}./`)}`,
  'crypt hash': (s) => `$6$${s.text(12)}$${s.text(86, `${alphanumeric}./`)}`,
  'argon2 hash': (s) =>
    `$argon2id$v=19$m=65536,t=3,p=4$${s.text(22, base64Signs)}$${s.text(43, base64Signs)}`,
  'Apache hash': (s) => `$apr1$${s.text(8)}$${s.text(22, `${alphanumeric}./`)}`,
  'WordPress hash': (s) => `$P$B${s.text(30, `${alphanumeric}./`)}`,
  'LDAP hash': (s) => `{SSHA}${s.mixed(32, base64Signs)}==`,
  'Werkzeug hash': (s) => `scrypt:32768:8:1$${s.text(16)}$${s.text(128, hex)}`,
  'Django hash': (s) => `pbkdf2_sha256$600000$${s.text(22)}$${s.text(43, base64Signs)}=`,
  'PostgreSQL verifier': (s) =>
    `SCRAM-SHA-256$4096:${s.text(22, base64Signs)}==$${s.text(43, base64Signs)}=:${s.text(43, base64Signs)}=`,
  'PostgreSQL URL': (s) => around('postgres://app:', plainPassword(s), '@db.internal:5432/orders'),
  'PostgreSQL URL, odd password': (s) =>
    around('postgresql://app:', `${s.mixed(5)}/${s.mixed(4)}#${s.mixed(4)}`, '@db.internal:5432/orders'),
  'MySQL URL': (s) => around('mysql://root:', plainPassword(s), '@10.0.4.7/shop'),
  'MongoDB URL': (s) =>
    around('mongodb+srv://app:', plainPassword(s), '@cluster0.ab1cd.mongodb.net/?retryWrites=true'),
  'MongoDB URL of several hosts': (s) =>
    around('mongodb://app:', plainPassword(s), '@h1:27017,h2:27017/?x=a@b'),
  'password that starts like a host and port': (s) => around('kafka://app:9092,', plainPassword(s), '@h/x'),
  'Redis URL': (s) => around('rediss://:', plainPassword(s), '@cache.internal:6379/0'),
  'AMQP URL': (s) => around('amqps://worker:', plainPassword(s), '@mq.internal/v'),
  'SMTP URL': (s) => around('smtps://mailer:', plainPassword(s), '@smtp.example:465'),
  'Git URL': (s) => around('https://deploy:', plainPassword(s), '@git.example/acme/shop.git'),
  'Git URL with a bare token': (s) => around('https://', s.mixed(40), '@git.example/acme/shop.git'),
  'Sentry DSN with secret': (s) => around('https://public:', s.text(32, hex), '@o1.ingest.example/42'),
  'JDBC URL': (s) =>
    around('jdbc:postgresql://db:5432/orders?user=app&password=', plainPassword(s), '&ssl=true'),
  'Oracle JDBC URL': (s) => around('jdbc:oracle:thin:app/', plainPassword(s), '@db.internal:1521/orders'),
  'ADO connection string': (s) =>
    around('Server=db;Database=orders;User Id=app;Password=', plainPassword(s), ';Encrypt=true'),
  'ODBC connection string': (s) =>
    around('Driver={ODBC Driver 18};Server=db;UID=app;PWD=', plainPassword(s), ';'),
  'libpq connection string': (s) =>
    around('host=db port=5432 user=app password=', plainPassword(s), ' dbname=orders'),
  'Service Bus connection string': (s) =>
    around(
      'Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=',
      `${s.mixed(43, base64Signs)}=`,
      '',
    ),
  'Azure storage connection string': (s) =>
    around(
      'DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=',
      `${s.mixed(86, base64Signs)}==`,
      ';EndpointSuffix=core.windows.net',
    ),
  'basic authorization': (s) => around('Authorization: Basic ', basic(s), ''),
  "Docker's auth in a script": (s) =>
    around('cat > config.json <<EOF\n{"auths":{"r":{"auth":"', basic(s), '"}}}\nEOF'),
  'auth in YAML': (s) => around('registry: r\nauth: ', basic(s), '\n'),
  'auth as an assignment': (s) => around('REGISTRY_AUTH=', basic(s), ' deploy'),
  "base64 of Docker's configuration file": (s) => {
    const hidden = Buffer.from(`{"auths":{"r":{"auth":"${basic(s)}"}}}`).toString('base64');
    return { text: hidden, hidden: hidden.slice(32, 52) };
  },
  'bearer authorization': (s) => around('Authorization: Bearer ', s.mixed(32), ''),
  'cookie header': (s) => around('Cookie: sessionid=', s.mixed(32), ''),
  'API key header': (s) => around('X-Api-Key: ', s.mixed(24), ''),
  'curl command': (s) => around('curl -u admin:', plainPassword(s), ' https://example.com'),
  'curl, joined': (s) => around('curl -uadmin:', plainPassword(s), ' https://example.com'),
  'docker login': (s) => around('docker login -u bob -p ', plainPassword(s), ' registry.example'),
  'sqlcmd flag': (s) => around('sqlcmd -S db -U sa -P ', plainPassword(s), ' -d shop'),
  'AWS configuration': (s) => around('aws configure set aws_secret_access_key ', s.mixed(24), ''),
  'CloudFormation parameter': (s) =>
    around('--parameters ParameterKey=DbPassword,ParameterValue=', plainPassword(s), ' --no-rollback'),
  'OTP seed': (s) =>
    around('otpauth://totp/MayaOps:asha?secret=', s.text(32, `${upper}234567`), '&issuer=MayaOps'),
  'ENV file': (s) => around('DB_HOST=db\nDB_PASSWORD=', plainPassword(s), '\nDEBUG=1'),
  'YAML file': (s) => around('database:\n  host: db\n  password: ', plainPassword(s), '\n  port: 5432'),
  'YAML environment': (s) =>
    around('env:\n  - name: DB_PASSWORD\n    value: ', plainPassword(s), '\n  - name: PORT\n    value: "80"'),
  'TOML file': (s) => around('[db]\nhost = "db"\npassword = "', plainPassword(s), '"\n'),
  'XML element': (s) => around('<db><user>app</user><password>', plainPassword(s), '</password></db>'),
  'XML attribute': (s) => around('<add key="DbPassword" value="', plainPassword(s), '"/>'),
  'XML element named by an attribute': (s) =>
    around('<bean><property name="password">', plainPassword(s), '</property></bean>'),
  'XML attributes, value first': (s) => around('<add value="', plainPassword(s), '" key="DbPassword"/>'),
  'XML character data': (s) => around('<password><![CDATA[<&', plainPassword(s), ']]></password>'),
  'XML in character data': (s) =>
    around('<config><![CDATA[<db><password>', plainPassword(s), '</password></db>]]></config>'),
  'npmrc line': (s) => around('//registry.example/:_authToken=', s.mixed(36), ''),
  'netrc line': (s) => around('machine git.example login deploy password ', plainPassword(s), ''),
  'pgpass line': (s) => around('db.internal:5432:orders:app:', `${plainPassword(s)}`, ''),
  'command-line flag': (s) => around('psql --host db --password ', plainPassword(s), ' --quiet'),
  'mysql flag': (s) => around('mysql -u root -p', plainPassword(s), ' shop'),
  'sshpass flag': (s) => around("sshpass -p '", plainPassword(s), "' ssh bastion"),
  'SQL statement': (s) => around("ALTER USER app WITH PASSWORD '", password(s), "' VALID UNTIL 'infinity'"),
  'SQL identified by': (s) => around("CREATE USER app IDENTIFIED BY '", password(s), "'"),
  'SQL identified by, in double quotes': (s) => around('CREATE USER app IDENTIFIED BY "', password(s), '"'),
  'SQL statement, with escapes': (s) => around("ALTER ROLE app PASSWORD E'it''s ", plainPassword(s), "'"),
  'SQL for another user': (s) => around("SET PASSWORD FOR 'a'@'%' = PASSWORD('", plainPassword(s), "')"),
  'JavaScript literal': (s) => around("{ user: 'app', password: '", plainPassword(s), "' }"),
  'PowerShell secure string': (s) => around('ConvertTo-SecureString "', password(s), '" -AsPlainText -Force'),
  'percent-encoded JSON': (s) => {
    const hidden = plainPassword(s);
    return { text: encodeURIComponent(JSON.stringify({ user: 'app', password: hidden })), hidden };
  },
  'base64 of JSON': (s) => {
    const hidden = Buffer.from(JSON.stringify({ user: 'app', password: plainPassword(s) })).toString(
      'base64',
    );
    return { text: hidden, hidden: hidden.slice(28) };
  },
  'base64 of a name and value': (s) => {
    const hidden = Buffer.from(JSON.stringify({ name: 'DB_PASSWORD', value: plainPassword(s) })).toString(
      'base64',
    );
    return { text: hidden, hidden: hidden.slice(40) };
  },
  'base64 of a connection string': (s) => {
    const hidden = Buffer.from(`postgres://app:${plainPassword(s)}@db.internal:5432/orders`).toString(
      'base64',
    );
    return { text: hidden, hidden: hidden.slice(20, 44) };
  },
  'base64 of base64': (s) => {
    const inner = Buffer.from(`password=${plainPassword(s)}`).toString('base64');
    const hidden = Buffer.from(inner).toString('base64');
    return { text: hidden, hidden: hidden.slice(18) };
  },
  'base64 of JSON after a sign': (s) => {
    const hidden = Buffer.from(JSON.stringify({ user: 'app', password: plainPassword(s) })).toString(
      'base64',
    );
    return { text: `DATA=${hidden}`, hidden: hidden.slice(28) };
  },
  'random characters after a sign': (s) => around('X=', s.mixed(51), ''),
  'random characters in a query': (s) => around('https://example.com/x?q=', s.mixed(51), '&y=1'),
  'random characters in a flag': (s) => around('import --from=', s.mixed(51), ''),
  'base64url of ENV': (s) => {
    const hidden = Buffer.from(`DB_PASSWORD=${plainPassword(s)}\nDEBUG=1`).toString('base64url');
    return { text: hidden, hidden: hidden.slice(16, 38) };
  },
  'hex of JSON': (s) => {
    const hidden = Buffer.from(JSON.stringify({ password: plainPassword(s) })).toString('hex');
    return { text: hidden, hidden: hidden.slice(26) };
  },
  'JSON in a string': (s) => around('{"db":{"host":"db","password":"', plainPassword(s), '"}}'),
  'JSON in JSON in a string': (s) => {
    const hidden = plainPassword(s);
    return { text: JSON.stringify({ config: JSON.stringify({ apiKey: hidden }) }), hidden };
  },
  'broken JSON': (s) => around('{"db":{"password":"', plainPassword(s), '", …'),
  'line of redis.conf': (s) => around('requirepass ', plainPassword(s), ''),
  'redis-cli AUTH': (s) => around('redis-cli -h cache AUTH default ', plainPassword(s), ''),
  'ACL SETUSER': (s) => around('ACL SETUSER app on >', plainPassword(s), ' ~* +@all'),
  'access string': (s) => around('on >', password(s), ' ~app:* -@all +get'),
  'hash in an access string': (s) => around('on #', s.text(64, hex), ' ~app:* -@all +get'),
  'zip -P': (s) => around('zip -r -P ', plainPassword(s), ' a.zip b'),
  htpasswd: (s) => around('htpasswd -b users bob ', password(s), ''),
  'keytool -storepass': (s) => around('keytool -list -storepass ', plainPassword(s), ' -v'),
  'password through a pipe': (s) => around('echo ', password(s), ' | docker login --password-stdin'),
  'Systems Manager parameter': (s) =>
    around('aws ssm put-parameter --name a --value ', plainPassword(s), ' --type SecureString'),
  'second of several passwords': (s) =>
    around('aws elasticache create-user --passwords first ', plainPassword(s), ''),
  'prose: from': (s) => around('Password of app changed from ', password(s), ' to Other-1x, as asked'),
  'prose: is': (s) => around('rotated; the new password is ', password(s), ', tell nobody'),
  'prose: colon': (s) => around('locked out again. Password: ', password(s), ' until Monday'),
  'prose: to': (s) => around('Changed the token to ', s.mixed(20), ' as asked in OPS-4821'),
  'password recognized by its symbols': (s) => {
    // Alternates four kinds of characters, as password generators do.
    const part = () => `${s.text(2, upper)}${s.text(1, digits)}${s.one([...'!#$%^&*'])}${s.text(2, lower)}`;
    return part() + part() + part();
  },
};
