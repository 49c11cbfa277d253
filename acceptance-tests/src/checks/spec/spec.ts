import type {Check} from '../check';
import {CHOICES} from './choices';
import {DOCUMENTS} from './documents';
import {IMAGE} from './image';
import {MARKS} from './marks';
import {MESSAGE} from './message';
import {RELEASES} from './releases';
import {REQUIRED} from './required';
import {SHAPE} from './shape';
import {SIGN_IN} from './sign-in';

/** `spec`: what the form for a config is made of. */
export const SPEC_CHECKS: readonly Check[] = [
  MESSAGE,
  ...DOCUMENTS,
  SHAPE.enums,
  CHOICES.variants,
  REQUIRED,
  MARKS.secrets,
  SHAPE.types,
  SHAPE.keywords,
  MARKS.dates,
  MARKS.orders,
  CHOICES.display,
  SHAPE.additions,
  SIGN_IN,
  RELEASES,
  IMAGE,
];
