// Texts that hold a password where no telling name and sign stand before it: commands, files of a fixed form, sentences.

type Texts = Readonly<Record<string, (password: string) => string>>;

const redis: Texts = {
  'line of redis.conf': (p) => `maxmemory 100mb\nrequirepass ${p}\nappendonly yes`,
  'line of redis.conf in quotes': (p) => `masterauth "${p}"`,
  'line of sentinel.conf': (p) => `sentinel auth-pass mymaster ${p}`,
  'CONFIG SET': (p) => `CONFIG SET requirepass ${p}`,
  'redis-server': (p) => `redis-server --requirepass ${p} --port 6379`,
  'redis-cli -a': (p) => `redis-cli -a ${p} ping || exit 1`,
  'redis-cli AUTH': (p) => `redis-cli -h cache AUTH ${p} && echo ok`,
  'redis-cli AUTH of a user': (p) => `valkey-cli AUTH default ${p}`,
  REDISCLI_AUTH: (p) => `REDISCLI_AUTH=${p} redis-cli ping`,
  AUTH: (p) => `AUTH default ${p}\nGET a`,
  HELLO: (p) => `HELLO 3 AUTH default ${p} SETNAME a`,
  'ACL SETUSER': (p) => `ACL SETUSER alice >${p}`,
  'line of users.acl': (p) => `user alice on >first >${p} ~* &* +@all`,
  'access string': (p) => `on ~app:* -@all +get >${p}`,
  'removed password': (p) => `ACL SETUSER alice resetkeys <${p}`,
};

const commands: Texts = {
  sqlplus: (p) => `sqlplus -S app/${p}@db.internal/orders`,
  expdp: (p) => `expdp userid=app/${p} directory=d`,
  zip: (p) => `zip -r -P ${p} a.zip b`,
  unzip: (p) => `unzip -P '${p}' a.zip`,
  '7z': (p) => `7z x -p${p} a.7z`,
  ldapsearch: (p) => `ldapsearch -x -D cn=a -w ${p} -b dc=x`,
  mongo: (p) => `mongodump -u a -p ${p} --host h`,
  openssl: (p) => `openssl enc -aes-256-cbc -k ${p} -in f`,
  htpasswd: (p) => `htpasswd -b users bob ${p}`,
  'htpasswd without a file': (p) => `htpasswd -nbB bob '${p}'`,
  smbclient: (p) => `smbclient -U bob%${p} //h/s`,
  rabbitmqctl: (p) => `rabbitmqctl add_user bob ${p}`,
  'rabbitmqctl, changed': (p) => `rabbitmqctl -q change_password bob ${p}`,
  kubectl: (p) => `kubectl create secret generic x --from-literal=any=${p}`,
  'vault login': (p) => `vault login -no-store ${p}`,
  'docker login by a pipe': (p) => `echo ${p} | docker login -u bob --password-stdin`,
  'printf into a pipe': (p) => `printf '%s' "${p}" | helm registry login --password-stdin`,
  passwd: (p) => `echo ${p} | passwd --stdin bob`,
  chpasswd: (p) => `echo "root:${p}" | chpasswd`,
  keytool: (p) => `keytool -list -storepass ${p}`,
  'parameter of Systems Manager': (p) => `aws ssm put-parameter --name a --value ${p} --type SecureString`,
  'second of several': (p) => `aws elasticache create-user --passwords first ${p} --engine redis`,
  'second of several, in short': (p) => `--authentication-mode Type=password,Passwords=first,${p}`,
};

const sentences: Texts = {
  'password of something': (p) => `the password for app is ${p}`,
  'changed from': (p) => `Password changed from "first" to "${p}"`,
  'changed from, first': (p) => `we changed the password from ${p} to other, then moved it`,
  'was changed from': (p) => `the API key of prod has been rotated from ${p} to first-1x, as asked`,
  'set from': (p) => `DB_PASSWORD: set from '${p}' to 'other'`,
};

export const commandTexts: Texts = { ...redis, ...commands, ...sentences };
