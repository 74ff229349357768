import { z } from 'zod';

/** No region has more zones. */
const ZONES_MAX = 8;
const ZONE = /^(?:[a-z]{2,4}(?:-[a-z]+)+-\d{1,2})?[a-z]$/;

/** An Availability Zone: its letter, or its code. */
export const zoneSchema = z
  .string()
  .max(40)
  .regex(ZONE, { error: 'must be the letter of a zone, or its code\nwrite it as `b` or `us-east-1b`' })
  .meta({ description: 'the letter of a zone, as b, or its code, as us-east-1b' });

/** Zones of an Auto Scaling group, of a service's subnets, of nodes. */
export const zoneListSchema = z.array(zoneSchema).min(1).max(ZONES_MAX);

/** The same where the platform has zones in any case. */
export const availabilityZonesSchema = zoneListSchema.default(['a', 'b', 'c']);
