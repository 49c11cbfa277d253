/**
 * Why a value could not be stored as it came. `NULLED`: the column holds NULL instead;
 * `TRUNCATED`: it holds the nearest value it can. Names as in Airbyte's protocol.
 */
export interface Misfit {
  readonly change: 'NULLED' | 'TRUNCATED';
  readonly reason:
    | 'DESTINATION_TYPECAST_ERROR'
    | 'DESTINATION_FIELD_SIZE_LIMITATION'
    | 'DESTINATION_SERIALIZATION_ERROR';
}

/** Of another kind, or outside what the column's type can hold. */
export const NO_FIT: Misfit = {change: 'NULLED', reason: 'DESTINATION_TYPECAST_ERROR'};

/** Only as many decimals as the column has. */
export const ROUNDED: Misfit = {
  change: 'TRUNCATED',
  reason: 'DESTINATION_TYPECAST_ERROR',
};

export const TOO_LONG: Misfit = {
  change: 'NULLED',
  reason: 'DESTINATION_FIELD_SIZE_LIMITATION',
};

/** A lone surrogate, which UTF-8 cannot say, became U+FFFD. */
export const ILL_FORMED: Misfit = {
  change: 'TRUNCATED',
  reason: 'DESTINATION_SERIALIZATION_ERROR',
};

/** The entry of `_airbyte_meta.changes` as JSON text. */
export function changeEntry(field: string, {change, reason}: Misfit): string {
  return `{"field":${JSON.stringify(field)},"change":"${change}","reason":"${reason}"}`;
}
