import { ec2 } from './ec2/index.ts';
import { ecs } from './ecs/index.ts';
import { eks } from './eks/index.ts';
import { lambda } from './lambda/index.ts';
import type { Platform } from './platform.ts';

/** Every kind of platform there is, by name. Adding one is a folder here and a line below. */
export const platforms: readonly Platform[] = [ec2, ecs, eks, lambda];
