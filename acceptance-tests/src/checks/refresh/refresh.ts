import type {Check} from '../check';

export const REFRESH_CHECKS: readonly Check[] = [];
