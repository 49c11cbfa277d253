/** The releases that the simulator can answer as, oldest first. */
export const PRODUCT_VERSIONS = ['2019', '2021SP3', '2023'] as const;

/** A release of PI Web API. */
export type ProductVersion = (typeof PRODUCT_VERSIONS)[number];

const NUMBERS: Readonly<Record<ProductVersion, string>> = {
  '2019': '1.13.0.6518',
  '2021SP3': '1.17.0.9',
  '2023': '1.18.0.44',
};

/** The number that the server states as its version. */
export function versionNumber(version: ProductVersion): string {
  return NUMBERS[version];
}

export function isAtLeast(version: ProductVersion, wanted: ProductVersion): boolean {
  return PRODUCT_VERSIONS.indexOf(version) >= PRODUCT_VERSIONS.indexOf(wanted);
}
