// Generates names by the rules of MayaOps: services with lower-case letters and hyphens, resources with 8 characters.
import type { Random } from './random.ts';

const subjects = [
  'checkout',
  'catalog',
  'search',
  'billing',
  'orders',
  'users',
  'mail',
  'media',
  'stock',
  'reports',
];
const parts = ['api', 'web', 'worker', 'gateway', 'sync', 'jobs'];
const resourceSubjects = [
  'orders',
  'users',
  'carts',
  'stock',
  'bills',
  'mails',
  'media',
  'tasks',
  'queue',
  'plans',
];

export function serviceName(random: Random): string {
  return `${random.pick(subjects)}-${random.pick(parts)}`;
}

/** `orders-d`, `users-db`, `cart-red` … */
export function resourceName(random: Random): string {
  const subject = random.pick(resourceSubjects);
  return `${subject}-${random.text(8 - subject.length - 1, 'abcdefghijklmnopqrstuvwxyz')}`;
}
