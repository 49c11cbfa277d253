import type {Check} from '../check';

export const OWN_CHECKS: readonly Check[] = [];
