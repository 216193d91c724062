// Replaces the SDK's lookup of the Region in EC2 instance metadata in the bundles. Lambda has no instance metadata and
// sets AWS_REGION. Saves 1 KB of code.

/** Finds no Region, like the SDK where instance metadata is disabled. */
export async function getInstanceMetadataRegion(): Promise<undefined> {
  return undefined;
}
