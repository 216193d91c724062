// What counts as an AWS region name. A shape, not a list: a region that AWS opens tomorrow must not have its
// entries rejected until the next release.

/** The form of an AWS region name. */
export const regionName =
  /^(af|ap|ca|cn|eu|eusc-de|il|me|mx|sa|us|us-gov|us-iso|us-isob|us-isof|eu-isoe)-(central|north|south|east|west|northeast|northwest|southeast|southwest)-[1-9]\d?$/;

/** Whether `value` has the form of an AWS region name. */
export function isRegionName(value: string): boolean {
  return regionName.test(value);
}
