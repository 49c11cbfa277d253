import type {Check} from '../check';
import {KILLED_WRITE} from './killed';
import {X11} from './x11';

export const DESTINATION_CHECKS: readonly Check[] = [X11, KILLED_WRITE];
