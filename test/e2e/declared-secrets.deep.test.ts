import { describeDeclaredSecrets } from './declared-secrets.ts';

describeDeclaredSecrets();
