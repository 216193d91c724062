// Credentials of the local stack's redrive role, the only role that can send to the ingest queue.

export function redriveCredentials({ roles }: { readonly roles: readonly string[] }) {
  const accessKeyId = roles.find((name) => name.includes('IngestRedrive'));
  if (accessKeyId === undefined) throw new Error(`no redrive role among ${roles.join(', ')}`);
  return { accessKeyId, secretAccessKey: 'local' };
}
