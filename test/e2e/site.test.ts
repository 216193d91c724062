import { describeSite } from './site.ts';

describeSite();
