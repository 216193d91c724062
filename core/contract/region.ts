// Defines the format of AWS Region names. It is a pattern and not a list, so that entries from a new Region are
// accepted without a new release.

/** Matches AWS Region names. */
export const regionName =
  /^(af|ap|ca|cn|eu|eusc-de|il|me|mx|sa|us|us-gov|us-iso|us-isob|us-isof|eu-isoe)-(central|north|south|east|west|northeast|northwest|southeast|southwest)-[1-9]\d?$/;

/** Whether `value` has the format of an AWS Region name. */
export function isRegionName(value: string): boolean {
  return regionName.test(value);
}
